package io.belljar.planner;

import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.linux.cgroup.CgroupPlace;
import io.belljar.linux.cgroup.V1Hierarchy;
import io.belljar.linux.cgroup.V2Hierarchy;
import io.belljar.linux.proc.ProcException;
import io.belljar.linux.proc.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cgroups of the caller, in which a resident planner was born.
 *
 * <p>It leaves them for the root of each hierarchy: else it would be charged to whoever asked
 * first, killed with that caller's unit, and keep its cgroup from being removed.
 */
final class CallersGroups {
  private CallersGroups() {}

  /**
   * Moves the process to the root of every hierarchy in which it is not there yet.
   *
   * @return what did not work, a line each
   */
  static List<String> leave(CgroupLayout layout, long pid) {
    List<String> failures = new ArrayList<>();
    Stream.concat(
            layout.v1().stream().map(V1Hierarchy::place),
            layout.v2().stream().map(V2Hierarchy::place))
        .filter(place -> !place.processPath().equals(place.mountRoot()))
        .map(CallersGroups::processes)
        .forEach(file -> {
          try {
            Files.writeString(file, Long.toString(pid), StandardOpenOption.WRITE);
          } catch (IOException e) {
            failures.add("the caller's cgroup can't be left: " + file + ": " + e.getMessage());
          }
        });
    return failures;
  }

  /** Moves this process; empty when it sees no hierarchies. */
  static List<String> leave() {
    int pid = (int) ProcessHandle.current().pid();
    try {
      return CgroupLayout.detect(ProcFs.host(), pid, Path.of("/"))
          .map(layout -> leave(layout, pid))
          .orElse(List.of());
    } catch (ProcException e) {
      return List.of("the caller's cgroups can't be left: " + e.getMessage());
    }
  }

  private static Path processes(CgroupPlace place) {
    return Path.of(place.mountPoint(), "cgroup.procs");
  }
}
