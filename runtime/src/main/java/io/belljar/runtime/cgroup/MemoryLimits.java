package io.belljar.runtime.cgroup;

import static io.belljar.runtime.cgroup.ControllerLimits.isSet;
import static io.belljar.runtime.cgroup.ControllerLimits.onlyV1;
import static io.belljar.runtime.cgroup.ControllerLimits.orMax;

import io.belljar.linux.Errno;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.resources.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * {@code linux.resources.memory} (cgroup-v1/memory.rst; cgroup-v2.rst, "Memory Interface Files").
 *
 * <p>The configuration's {@code swap} is memory and swap together, as v1 counts it ({@code memsw});
 * v2 counts swap alone.
 */
record MemoryLimits(Memory memory) implements ControllerLimits {
  private static final String PATH = "linux.resources.memory";
  private static final String MEMORY_AND_SWAP = " (it is memory and swap together)";

  @Override
  public Controller controller() {
    return Controller.MEMORY;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public boolean isEmpty() {
    return !isSet(memory.limit())
        && !isSet(memory.swap())
        && !isSet(memory.reservation())
        && !isSet(memory.kernel())
        && !isSet(memory.kernelTcp())
        && !hasSwappiness()
        && !memory.disableOomKiller().orElse(false);
  }

  /** -1 is what old engines write for "the default". */
  private boolean hasSwappiness() {
    return memory.swappiness().isPresent() && memory.swappiness().getAsLong() != -1;
  }

  @Override
  public List<GroupWrite> v1(Hierarchy hierarchy) {
    List<GroupWrite> writes = new ArrayList<>();
    limitAndSwap(hierarchy, writes);
    add(writes, memory.reservation(), "memory.soft_limit_in_bytes", "reservation");
    if (isSet(memory.kernel())) {
      // Without effect since Linux 5.16, which first refused it and later ignores it.
      writes.add(
          GroupWrite.of(
                  "memory.kmem.limit_in_bytes",
                  bytes("kernel", memory.kernel().getAsLong()),
                  PATH + ".kernel")
              .tolerating(Errno.EOPNOTSUPP.number()));
    }
    add(writes, memory.kernelTcp(), "memory.kmem.tcp.limit_in_bytes", "kernelTCP");
    if (memory.disableOomKiller().orElse(false)) {
      writes.add(GroupWrite.of("memory.oom_control", 1, PATH + ".disableOOMKiller"));
    }
    if (hasSwappiness()) {
      long swappiness = memory.swappiness().getAsLong();
      ControllerLimits.requireRange(PATH + ".swappiness", swappiness, 0, 100, "");
      writes.add(GroupWrite.of("memory.swappiness", swappiness, PATH + ".swappiness"));
    }
    return writes;
  }

  private static void add(
      List<GroupWrite> writes, OptionalLong value, String file, String property) {
    if (isSet(value)) {
      writes.add(GroupWrite.of(file, bytes(property, value.getAsLong()), PATH + "." + property));
    }
  }

  private static long bytes(String property, long value) {
    if (value < -1) {
      throw InvalidRequestException.ofConfig(
          PATH + "." + property, value + " is neither a number of bytes nor -1 for unlimited");
    }
    return value;
  }

  /**
   * The kernel refuses a moment in which memory alone may be more than memory and swap together: in
   * a group whose present limit is below the new swap limit, swap goes first.
   */
  private void limitAndSwap(Hierarchy hierarchy, List<GroupWrite> writes) {
    long limit = bytes("limit", memory.limit().orElse(0));
    long swap = bytes("swap", memory.swap().orElse(0));
    checkSwap(limit, swap);
    GroupWrite limitWrite = GroupWrite.of("memory.limit_in_bytes", limit, PATH + ".limit");
    GroupWrite swapWrite = GroupWrite.of("memory.memsw.limit_in_bytes", swap, PATH + ".swap");
    if (limit == -1 && swap == 0 && hierarchy.has(swapWrite.file())) {
      swap = -1;
      swapWrite = GroupWrite.of("memory.memsw.limit_in_bytes", swap, PATH + ".limit");
    }
    if (limit == 0 || swap == 0) {
      writes.addAll(limit != 0 ? List.of(limitWrite) : swap != 0 ? List.of(swapWrite) : List.of());
      return;
    }
    long present = hierarchy.present(limitWrite.file()).map(Long::parseLong).orElse(Long.MAX_VALUE);
    boolean swapFirst = swap == -1 || present < swap;
    writes.add(swapFirst ? swapWrite : limitWrite);
    writes.add(swapFirst ? limitWrite : swapWrite);
  }

  private static void checkSwap(long limit, long swap) {
    if (swap > 0 && limit <= 0) {
      throw InvalidRequestException.ofConfig(
          PATH + ".swap", "needs " + PATH + ".limit as well" + MEMORY_AND_SWAP);
    }
    if (swap > 0 && swap < limit) {
      throw InvalidRequestException.ofConfig(
          PATH + ".swap",
          "%d is less than %s.limit, %d%s".formatted(swap, PATH, limit, MEMORY_AND_SWAP));
    }
  }

  @Override
  public List<GroupWrite> v2(Hierarchy hierarchy) {
    refuseWhatV2Lacks();
    List<GroupWrite> writes = new ArrayList<>();
    long limit = bytes("limit", memory.limit().orElse(0));
    long swap = bytes("swap", memory.swap().orElse(0));
    checkSwap(limit, swap);
    if (limit == -1 && swap == 0) {
      swap = -1;
    }
    if (swap != 0) {
      long alone = swap == -1 ? -1 : swap - limit;
      // Where the kernel does not count swap, there is none to limit, and "none" holds by itself.
      int tolerated = alone <= 0 ? Errno.ENOENT.number() : 0;
      writes.add(
          GroupWrite.of("memory.swap.max", orMax(alone), PATH + ".swap").tolerating(tolerated));
    }
    if (limit != 0) {
      writes.add(GroupWrite.of("memory.max", orMax(limit), PATH + ".limit"));
    }
    if (isSet(memory.reservation())) {
      long reservation = bytes("reservation", memory.reservation().getAsLong());
      writes.add(GroupWrite.of("memory.low", orMax(reservation), PATH + ".reservation"));
    }
    return writes;
  }

  private void refuseWhatV2Lacks() {
    if (isSet(memory.kernelTcp())) {
      throw onlyV1(PATH + ".kernelTCP");
    }
    if (memory.disableOomKiller().orElse(false)) {
      throw onlyV1(PATH + ".disableOOMKiller");
    }
    if (hasSwappiness()) {
      throw onlyV1(PATH + ".swappiness");
    }
  }
}
