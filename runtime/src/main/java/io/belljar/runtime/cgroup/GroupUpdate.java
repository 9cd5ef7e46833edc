package io.belljar.runtime.cgroup;

import io.belljar.linux.Errno;
import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.linux.cgroup.V1Hierarchy;
import io.belljar.linux.cgroup.V2Hierarchy;
import io.belljar.plan.Bytes;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.step.FileStep;
import io.belljar.runtime.ContainerId;
import io.belljar.spec.resources.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Other limits for a container's groups that are there. Should one of them be refused, those before
 * it are set back, last first, so that what the kernel demands of their order holds again.
 */
public final class GroupUpdate {
  private static final String UNDO = "default: the limits are as they were when one is refused";

  private final List<GroupLimits.Placed> writes;
  private final GroupFiles files;

  private GroupUpdate(List<GroupLimits.Placed> writes, GroupFiles files) {
    this.writes = writes;
    this.files = files;
  }

  /**
   * Finds the files. Reads the present values, and changes nothing.
   *
   * @param layout the machine's hierarchies
   * @param directories the container's groups, as its state recorded them
   * @param id the container
   * @param changes the limits that are to change, and nothing else
   * @throws io.belljar.runtime.InvalidRequestException for what this kernel does not have, or would
   *     not take
   */
  public static GroupUpdate of(
      CgroupLayout layout,
      GroupFiles files,
      List<String> directories,
      ContainerId id,
      Resources changes) {
    List<Group> groups = new ArrayList<>();
    for (V1Hierarchy hierarchy : layout.v1()) {
      group(hierarchy.place().mountPoint(), directories, id)
          .map(path ->
              new Group(hierarchy.place().mountPoint(), path, false, hierarchy.controllers()))
          .ifPresent(groups::add);
    }
    for (V2Hierarchy hierarchy : layout.v2().stream().toList()) {
      group(hierarchy.place().mountPoint(), directories, id)
          .map(path ->
              new Group(hierarchy.place().mountPoint(), path, true, hierarchy.controllers()))
          .ifPresent(groups::add);
    }
    return new GroupUpdate(GroupLimits.of(changes, layout, groups, files).writes(), files);
  }

  private static Optional<GroupPath> group(
      String mountPoint, List<String> directories, ContainerId id) {
    return directories.stream()
        .filter(directory -> directory.startsWith(mountPoint + "/"))
        .map(directory -> GroupPath.of(Optional.of(directory.substring(mountPoint.length())), id))
        .findFirst();
  }

  /** The steps, and those that undo them. */
  public void add(Plan.Builder plan) {
    plan.role(Role.LAUNCHER);
    for (GroupLimits.Placed placed : writes) {
      plan.addTolerating(
          placed.write().tolerated(),
          new FileStep.Write(file(placed), Bytes.of(placed.write().value())),
          "option of update: " + placed.write().path());
    }
    plan.role(Role.UNDO);
    for (GroupLimits.Placed placed : writes.reversed()) {
      files
          .text(file(placed))
          .ifPresent(present ->
              plan.addTolerating(
                  Errno.ENOENT.number(),
                  new FileStep.Write(file(placed), Bytes.of(present.isEmpty() ? "\n" : present)),
                  UNDO));
    }
    plan.role(Role.LAUNCHER);
  }

  private static String file(GroupLimits.Placed placed) {
    return placed.group().directory() + "/" + placed.write().file();
  }
}
