package io.belljar.runtime.cgroup;

import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.plan.Bytes;
import io.belljar.plan.Plan;
import io.belljar.plan.step.FileStep;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.resources.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The limits of a container, each in the hierarchy that has its controller.
 *
 * @param writes what is written, in order, by absolute path
 * @param unifiedControllers the v2 controllers that the limits need
 * @param unifiedPath the JSON path of the first limit that needs one; empty for none
 */
record GroupLimits(List<Placed> writes, Set<String> unifiedControllers, String unifiedPath) {
  /** A value and the group that it is for. */
  record Placed(Group group, GroupWrite write) {}

  /**
   * Finds the files for all limits.
   *
   * @throws InvalidRequestException for what this kernel does not have, or would not take
   */
  static GroupLimits of(
      Resources resources, CgroupLayout layout, List<Group> groups, GroupFiles files) {
    List<Placed> writes = new ArrayList<>();
    Set<String> unified = new TreeSet<>();
    String unifiedPath = "";
    for (ControllerLimits limits : all(resources)) {
      if (limits.isEmpty()) {
        continue;
      }
      Group group = groupOf(limits, layout, groups);
      Hierarchy hierarchy = new Hierarchy(files, group.top(), group.directory());
      List<GroupWrite> found = group.unified() ? limits.v2(hierarchy) : limits.v1(hierarchy);
      for (GroupWrite write : found) {
        requireFile(group, hierarchy, write);
        writes.add(new Placed(group, write));
      }
      if (group.unified()) {
        unifiedPath = unifiedPath.isEmpty() ? limits.path() : unifiedPath;
        limits.controller().v2().ifPresent(unified::add);
      }
    }
    addUnified(resources.unified(), groups, writes, unified);
    if (unifiedPath.isEmpty() && !unified.isEmpty()) {
      unifiedPath = "linux.resources.unified";
    }
    return new GroupLimits(List.copyOf(writes), Set.copyOf(unified), unifiedPath);
  }

  static List<ControllerLimits> all(Resources resources) {
    return List.of(
        new CpusetLimits(resources.cpu()),
        new MemoryLimits(resources.memory()),
        new CpuLimits(resources.cpu()),
        new PidsLimit(resources.pids()),
        new BlockIoLimits(resources.blockIo()),
        new HugetlbLimits(resources.hugepageLimits()),
        new NetworkLimits.PacketClass(resources.network()),
        new NetworkLimits.PacketPriority(resources.network()),
        new RdmaLimits(resources.rdma()));
  }

  private static Group groupOf(ControllerLimits limits, CgroupLayout layout, List<Group> groups) {
    Controller controller = limits.controller();
    Optional<Group> v1 =
        groups.stream()
            .filter(group -> !group.unified() && group.controllers().contains(controller.v1()))
            .findFirst();
    Optional<Group> v2 = groups.stream().filter(Group::unified).findFirst();
    boolean inV2 = controller.v2().map(layout::hasV2).orElse(false);
    if (v1.isPresent()) {
      return v1.get();
    }
    // Of a limit that only v1 has, the limit itself says so.
    boolean onlyV1 = controller.v2().isEmpty() && layout.mode() == CgroupLayout.Mode.V2;
    if (v2.isPresent() && (inV2 || onlyV1)) {
      return v2.get();
    }
    throw InvalidRequestException.ofConfig(
        limits.path(),
        "this machine has no %s controller (%s)"
            .formatted(controller.v1(), missing(layout, controller)));
  }

  private static String missing(CgroupLayout layout, Controller controller) {
    String v2Name = controller.v2().orElse("");
    return switch (layout.mode()) {
      case NONE -> "no cgroup file system is mounted";
      case V1 -> "no cgroup v1 hierarchy with it is mounted";
      case V2 -> "\"" + v2Name + "\" is not in cgroup.controllers";
      case HYBRID -> "neither is a cgroup v1 hierarchy with it mounted, nor has cgroup v2 it";
    };
  }

  private static void requireFile(Group group, Hierarchy hierarchy, GroupWrite write) {
    if (!group.unified() && write.shownAtTop() && !hierarchy.has(write.file())) {
      throw InvalidRequestException.ofConfig(
          write.path(),
          "this kernel has no such limit: there is no %s/%s".formatted(group.top(), write.file()));
    }
  }

  /** Files of v2 by their names: each value is written as it stands. */
  private static void addUnified(
      Map<String, String> unified, List<Group> groups, List<Placed> writes, Set<String> needed) {
    for (Map.Entry<String, String> entry : unified.entrySet()) {
      String file = entry.getKey();
      String path = "linux.resources.unified[\"" + file + "\"]";
      if (!file.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+")) {
        throw InvalidRequestException.ofConfig(path, "is not the name of a cgroup file");
      }
      Group group =
          groups.stream()
              .filter(Group::unified)
              .findFirst()
              .orElseThrow(
                  () -> InvalidRequestException.ofConfig(path, "cgroup v2 is not mounted here"));
      String controller = file.substring(0, file.indexOf('.'));
      if (!controller.equals("cgroup")) {
        if (!group.controllers().contains(controller)) {
          throw InvalidRequestException.ofConfig(
              path, "\"" + controller + "\" is not in " + group.top() + "/cgroup.controllers");
        }
        needed.add(controller);
      }
      entry
          .getValue()
          .lines()
          .forEach(line -> writes.add(new Placed(group, GroupWrite.of(file, line, path))));
    }
  }

  /** The writes as steps. */
  void add(Plan.Builder plan) {
    for (Placed placed : writes) {
      GroupWrite write = placed.write();
      plan.addTolerating(
          write.tolerated(),
          new FileStep.Write(
              placed.group().directory() + "/" + write.file(), Bytes.of(write.value())),
          "config: " + write.path());
    }
  }
}
