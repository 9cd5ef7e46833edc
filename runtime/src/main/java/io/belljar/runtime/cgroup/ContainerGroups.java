package io.belljar.runtime.cgroup;

import io.belljar.linux.OpenFlags;
import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.linux.cgroup.DeviceFilter;
import io.belljar.linux.cgroup.DeviceList;
import io.belljar.linux.cgroup.DeviceRule;
import io.belljar.plan.Bytes;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.GroupStep;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.resources.Resources;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The control groups of a container that is to be made: one in every hierarchy that is mounted, v1
 * and v2, as engines and {@code /proc/PID/cgroup} expect it.
 *
 * <p>A group that is there already is used when it has no process; its parents stay when it is
 * removed, as they may be an engine's.
 *
 * <p>For one plan, and one thread.
 */
public final class ContainerGroups implements GroupSteps {
  /** What v2 groups get besides what limits need, where it is to be had: statistics use them. */
  private static final Set<String> WANTED =
      Set.of("cpu", "cpuset", "io", "memory", "pids", "hugetlb", "rdma");

  private final List<Group> groups;
  private final GroupLimits limits;
  private final DeviceList devices;
  private final GroupReach reach;
  private final String why;

  private ContainerGroups(
      List<Group> groups, GroupLimits limits, DeviceList devices, GroupReach reach, String why) {
    this.groups = groups;
    this.limits = limits;
    this.devices = devices;
    this.reach = reach;
    this.why = why;
  }

  /**
   * Plans the groups. Reads cgroup files, and changes nothing.
   *
   * @param reach where the caller can make groups
   * @param cgroupsPath {@code linux.cgroupsPath}
   * @param resources {@code linux.resources}
   * @throws InvalidRequestException when a limit is not to be had here, or when a group of that
   *     path is in use
   */
  public static ContainerGroups of(
      GroupReach reach, ContainerId id, Optional<String> cgroupsPath, Resources resources) {
    List<Group> groups = reach.groups(cgroupsPath, id);
    requireUnused(groups, reach.files());
    reach.require(resources, groups);
    if (groups.isEmpty() && !resources.devices().isEmpty() && !reach.limited()) {
      throw InvalidRequestException.ofConfig(
          "linux.resources.devices", "no cgroup file system is mounted that could enforce it");
    }
    return new ContainerGroups(
        groups,
        GroupLimits.of(resources, reach.layout(), groups, reach.files()),
        DeviceRules.of(resources.devices()),
        reach,
        cgroupsPath.isPresent()
            ? "config: linux.cgroupsPath"
            : "default: a group named after the container");
  }

  /** Whoever removes the container kills what is in its groups, so nobody else may be there. */
  private static void requireUnused(List<Group> groups, GroupFiles files) {
    for (Group group : groups) {
      int processes = files.allProcesses(group.directory()).size();
      if (processes > 0) {
        throw new InvalidRequestException(
            "container's cgroup is not empty: %d process(es) found in %s"
                .formatted(processes, group.directory()));
      }
    }
  }

  @Override
  public List<String> directories() {
    return groups.stream().map(Group::directory).toList();
  }

  @Override
  public Slot forkInto(Plan.Builder plan) {
    Optional<Group> unified = unified();
    if (unified.isEmpty()) {
      return Slot.NONE;
    }
    plan.role(Role.LAUNCHER);
    boolean hybrid = reach.layout().mode() == CgroupLayout.Mode.HYBRID;
    Set<String> wanted = new HashSet<>(hybrid ? Set.of() : WANTED);
    wanted.retainAll(unified.get().controllers());
    new GroupDirectories(reach, why)
        .addV2(plan, unified.get(), limits.unifiedControllers(), wanted, limits.unifiedPath());
    Slot slot = plan.slot("cgroup");
    plan.add(
        new FileStep.Open(
            slot, unified.get().directory(), OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0),
        "default: the process starts inside its cgroup (CLONE_INTO_CGROUP)");
    return slot;
  }

  @Override
  public void make(Plan.Builder plan) {
    plan.role(Role.LAUNCHER);
    GroupDirectories directories = new GroupDirectories(reach, why);
    version1().forEach(group -> directories.addV1(plan, group));
    limits.add(plan);
    addDevices(plan);
  }

  private Optional<Group> unified() {
    return groups.stream().filter(Group::unified).findFirst();
  }

  private Stream<Group> version1() {
    return groups.stream().filter(group -> !group.unified());
  }

  /**
   * An ordinary user has no say over devices (v2 asks for CAP_BPF), and needs none: no node can be
   * made in his user namespace, and those that are shown are the host's, with its permissions.
   */
  private void addDevices(Plan.Builder plan) {
    if (reach.limited()) {
      return;
    }
    boolean unlimited = devices.defaultAllow() && devices.exceptions().isEmpty();
    Optional<Group> v1 =
        version1().filter(group -> group.controllers().contains("devices")).findFirst();
    Optional<Group> v2 = unified();
    // A new group allows what its parent allows, which is the most that can be had.
    if (unlimited && v1.filter(group -> reach.files().exists(group.directory())).isEmpty()) {
      return;
    }
    String reason = "config: linux.resources.devices, then the devices that all containers have";
    if (v1.isPresent()) {
      for (DeviceRule rule : devices.rules()) {
        String file = rule.allow() ? "/devices.allow" : "/devices.deny";
        plan.add(new FileStep.Write(v1.get().directory() + file, Bytes.of(rule.line())), reason);
      }
    } else {
      v2.ifPresent(group ->
          plan.add(
              new GroupStep.FilterDevices(
                  group.directory(), Bytes.of(DeviceFilter.compile(devices))),
              reason));
    }
  }

  @Override
  public void enter(Plan.Builder plan) {
    version1()
        .forEach(
            group -> plan.add(new GroupStep.Enter(group.directory() + "/tasks", Slot.NONE), why));
  }

  @Override
  public void placeV1(Plan.Builder plan, Role process) {
    plan.role(Role.LAUNCHER);
    version1()
        .forEach(group ->
            plan.add(new GroupStep.Place(group.directory() + "/cgroup.procs", process), why));
  }

  /** It is always forked into that one. */
  @Override
  public boolean placeV2(Plan.Builder plan, Role process) {
    return false;
  }

  @Override
  public void kill(Plan.Builder plan, Role when) {
    plan.role(when);
    killTarget()
        .ifPresent(directory ->
            plan.add(
                new GroupStep.Kill(directory), "default: no process of the container may stay"));
  }

  private Optional<String> killTarget() {
    return unified()
        .or(() -> groups.stream().filter(g -> g.controllers().contains("pids")).findFirst())
        .or(() -> groups.stream().findFirst())
        .map(Group::directory);
  }

  @Override
  public void remove(Plan.Builder plan, Role when) {
    plan.role(when);
    groups.forEach(group ->
        plan.add(
            new GroupStep.Remove(group.directory()),
            "default: no group of the container may stay"));
  }
}
