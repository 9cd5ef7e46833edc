package io.belljar.runtime.cgroup;

import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.linux.cgroup.CgroupPlace;
import io.belljar.linux.cgroup.V1Hierarchy;
import io.belljar.linux.cgroup.V2Hierarchy;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.Facts;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.resources.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * In which hierarchies the caller can make groups. Who administrates the machine can in all; an
 * ordinary user only where a group was handed to him (cgroups(7), "Cgroups delegation"), and has no
 * group in the others.
 *
 * @param layout the hierarchies
 * @param files reads cgroup files
 * @param limited whether the caller is such an ordinary user
 * @param writable whether the caller may write to a path; asked for ordinary users only
 */
public record GroupReach(
    CgroupLayout layout, GroupFiles files, boolean limited, Predicate<String> writable) {

  /** What the launcher reaches; the planner has its user and its capabilities. */
  public static GroupReach of(Facts facts, GroupFiles files) {
    return new GroupReach(
        facts.cgroups(), files, !facts.isPrivileged(), path -> Files.isWritable(Path.of(path)));
  }

  /** All hierarchies. */
  public static GroupReach everywhere(CgroupLayout layout, GroupFiles files) {
    return new GroupReach(layout, files, false, _ -> true);
  }

  /** The container's group in each hierarchy in which it can have one. */
  List<Group> groups(Optional<String> cgroupsPath, ContainerId id) {
    List<Group> groups = new ArrayList<>();
    for (V1Hierarchy hierarchy : layout.v1()) {
      path(hierarchy.place(), cgroupsPath, id)
          .map(path ->
              new Group(hierarchy.place().mountPoint(), path, false, hierarchy.controllers()))
          .ifPresent(groups::add);
    }
    for (V2Hierarchy hierarchy : layout.v2().stream().toList()) {
      path(hierarchy.place(), cgroupsPath, id)
          .map(path ->
              new Group(hierarchy.place().mountPoint(), path, true, hierarchy.controllers()))
          .ifPresent(groups::add);
    }
    return List.copyOf(groups);
  }

  private Optional<GroupPath> path(
      CgroupPlace place, Optional<String> cgroupsPath, ContainerId id) {
    GroupPath asked = GroupPath.of(cgroupsPath, id);
    if (!limited) {
      return Optional.of(asked);
    }
    Stream<GroupPath> candidates =
        cgroupsPath.isPresent() ? Stream.of(asked) : besideCaller(place, id);
    return candidates.filter(path -> mayMake(place, path)).findFirst();
  }

  /**
   * Beside the caller's own group, or else below it. Beside comes first: a v2 group that has
   * processes hands no controllers down.
   */
  private static Stream<GroupPath> besideCaller(CgroupPlace place, ContainerId id) {
    return place.ownDirectory().map(own -> own.substring(place.mountPoint().length())).stream()
        .flatMap(own -> own.isEmpty() ? Stream.of("") : Stream.of(parent(own), own))
        .map(above -> GroupPath.of(Optional.of(above + "/" + id), id));
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  /**
   * A process may be moved by who may write to the target's {@code cgroup.procs}; in v2 also to
   * that of the nearest group above both, the old and the new.
   */
  private boolean mayMake(CgroupPlace place, GroupPath path) {
    String directory = place.mountPoint() + path.value();
    while (!files.exists(directory)) {
      directory = parent(directory);
    }
    String own = place.ownDirectory().orElse(place.mountPoint());
    String common = directory;
    while (!own.equals(common) && !own.startsWith(common + "/")) {
      common = parent(common);
    }
    return !place.readOnly()
        && writable.test(directory)
        && writable.test(directory + "/cgroup.procs")
        && writable.test(common + "/cgroup.procs");
  }

  /**
   * Refuses limits in hierarchies that are out of reach.
   *
   * @throws InvalidRequestException naming the first one, and what to do
   */
  void require(Resources resources, List<Group> groups) {
    if (!limited) {
      return;
    }
    for (ControllerLimits limits : GroupLimits.all(resources)) {
      if (!limits.isEmpty()) {
        outOfReach(limits.controller(), groups)
            .ifPresent(place -> {
              throw InvalidRequestException.ofConfig(limits.path(), refusal(limits, place));
            });
      }
    }
  }

  private Optional<CgroupPlace> outOfReach(Controller controller, List<Group> groups) {
    Stream<CgroupPlace> v1 = layout.v1(controller.v1()).stream().map(V1Hierarchy::place);
    Stream<CgroupPlace> v2 =
        layout.v2().stream()
            .filter(_ -> controller.v2().map(layout::hasV2).orElse(false))
            .map(V2Hierarchy::place);
    return Stream.concat(v1, v2)
        .findFirst()
        .filter(
            place -> groups.stream().noneMatch(group -> group.top().equals(place.mountPoint())));
  }

  private String refusal(ControllerLimits limits, CgroupPlace place) {
    boolean unified = layout.v2().filter(v2 -> v2.place().equals(place)).isPresent();
    return "no control group of %s is yours, so the %s controller cannot be used; "
            .formatted(place.ownDirectory().orElse(place.mountPoint()), limits.controller().v1())
        + (unified
            ? "run it in one that is: systemd-run --user --scope -p Delegate=yes COMMAND"
            : "run it as root, or leave the limit out (version 1 is not handed to users)");
  }
}
