package io.belljar.runtime.cgroup;

import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.resources.Cpu;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * {@code linux.resources.cpu.cpus} and {@code mems} (cgroup-v1/cpusets.rst; cgroup-v2.rst, "Cpuset
 * Interface Files").
 */
record CpusetLimits(Cpu cpu) implements ControllerLimits {
  private static final String PATH = "linux.resources.cpu";
  private static final int MOST = 1 << 16;

  @Override
  public Controller controller() {
    return Controller.CPUSET;
  }

  @Override
  public String path() {
    return cpu.cpus().isPresent() ? PATH + ".cpus" : PATH + ".mems";
  }

  @Override
  public boolean isEmpty() {
    return cpu.cpus().isEmpty() && cpu.mems().isEmpty();
  }

  @Override
  public List<GroupWrite> v1(Hierarchy hierarchy) {
    return writes(hierarchy, "");
  }

  @Override
  public List<GroupWrite> v2(Hierarchy hierarchy) {
    return writes(hierarchy, ".effective");
  }

  private List<GroupWrite> writes(Hierarchy hierarchy, String suffix) {
    List<GroupWrite> writes = new ArrayList<>();
    cpu.cpus()
        .ifPresent(list -> {
          require("CPU", PATH + ".cpus", list, hierarchy.inherited("cpuset.cpus" + suffix));
          writes.add(GroupWrite.of("cpuset.cpus", list, PATH + ".cpus"));
        });
    cpu.mems()
        .ifPresent(list -> {
          require("node", PATH + ".mems", list, hierarchy.inherited("cpuset.mems" + suffix));
          writes.add(GroupWrite.of("cpuset.mems", list, PATH + ".mems"));
        });
    return writes;
  }

  /** v2 would quietly run the container on all CPUs when it has none of those asked for. */
  private static void require(String what, String path, String list, Optional<String> available) {
    BitSet missing =
        parse(list)
            .orElseThrow(() ->
                InvalidRequestException.ofConfig(
                    path, "\"" + list + "\" is not a list like 0-3,7"));
    Optional<BitSet> there = available.flatMap(CpusetLimits::parse);
    if (there.isPresent()) {
      missing.andNot(there.get());
      if (!missing.isEmpty()) {
        throw InvalidRequestException.ofConfig(
            path,
            "%s %d is not to be had; there are: %s"
                .formatted(what, missing.nextSetBit(0), available.get()));
      }
    }
  }

  /** The numbers of a list such as {@code 0-3,7}; empty for anything else. */
  static Optional<BitSet> parse(String list) {
    BitSet numbers = new BitSet();
    for (String range : list.strip().split(",")) {
      if (!range.strip().matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
        return Optional.empty();
      }
      String[] ends = range.strip().split("-");
      int first = Integer.parseInt(ends[0]);
      int last = Integer.parseInt(ends[ends.length - 1]);
      if (last < first || last >= MOST) {
        return Optional.empty();
      }
      numbers.set(first, last + 1);
    }
    return Optional.of(numbers);
  }
}
