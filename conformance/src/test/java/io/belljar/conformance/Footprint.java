package io.belljar.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a test's containers hold of the machine: everything of theirs carries the test's name.
 *
 * @param processes in their cgroups, or started with the test's environment
 * @param mounts of their paths in the tests' own mount namespace
 * @param groups in all hierarchies
 * @param files below {@code --root}
 * @param planners the processes that serve the test's commands
 * @param descriptors that they hold
 */
public record Footprint(
    List<String> processes,
    List<String> mounts,
    List<String> groups,
    List<String> files,
    List<Long> planners,
    long descriptors) {
  /** Counts. */
  static Footprint of(String name, Path root, List<Long> planners) {
    return new Footprint(
        Machine.processesWith(name),
        Machine.mountsWith(name),
        Machine.groupsNamed(name),
        filesBelow(root),
        planners,
        planners.stream().mapToLong(Footprint::descriptors).sum());
  }

  private static List<String> filesBelow(Path directory) {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.map(directory::relativize).map(Path::toString).sorted().toList();
    } catch (IOException | UncheckedIOException _) {
      return List.of("(changes while it is read)");
    }
  }

  private static long descriptors(long pid) {
    try (Stream<Path> entries = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return entries.count();
    } catch (IOException | UncheckedIOException _) {
      return 0;
    }
  }

  /** Whether nothing has been added since. */
  boolean isNoMoreThan(Footprint before) {
    return before.processes.containsAll(processes)
        && before.mounts.containsAll(mounts)
        && before.groups.containsAll(groups)
        && before.files.containsAll(files)
        && (!planners.equals(before.planners) || descriptors <= before.descriptors);
  }
}
