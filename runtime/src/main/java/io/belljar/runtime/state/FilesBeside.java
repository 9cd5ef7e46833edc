package io.belljar.runtime.state;

import io.belljar.linux.proc.ProcessIdentity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which files are in a container's directory beside {@code state.json}, of those that say something
 * of it: most are not there most of the time.
 *
 * @param names theirs
 * @param process what {@code pid} says; it is written once, but not at once, so believe it only
 *     when there is such a process, and read it again otherwise
 */
record FilesBeside(List<String> names, Optional<ProcessIdentity> process) {
  private static final List<String> TELLING =
      List.of(OwnFiles.PID, OwnFiles.EXIT, OwnFiles.FIFO, Names.NAME);

  /** Those of a directory. */
  static FilesBeside in(Path directory) {
    List<String> names = new ArrayList<>();
    for (String name : StateFiles.names(directory)) {
      if (TELLING.contains(name)) {
        names.add(name);
      }
    }
    return new FilesBeside(
        List.copyOf(names),
        names.contains(OwnFiles.PID) ? process(directory.resolve(OwnFiles.PID)) : Optional.empty());
  }

  /** The process that a file names. */
  static Optional<ProcessIdentity> process(Path file) {
    return StateFiles.readListed(file)
        .map(content -> new String(content, StandardCharsets.UTF_8))
        .flatMap(ProcessIdentity::parse);
  }

  boolean has(String name) {
    return names.contains(name);
  }
}
