package io.belljar.runtime.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where process ids mean something: a pid namespace (pid_namespaces(7)), while the machine is up. A
 * number and a start time name a process there, and nothing or another one everywhere else.
 *
 * @param pidNamespace the inode of /proc/PID/ns/pid
 * @param boot what /proc/sys/kernel/random/boot_id says
 */
public record ProcessSpace(long pidNamespace, String boot) {
  private static final class Own {
    private static final ProcessSpace SPACE = read();
  }

  /**
   * This program's own, which is its launcher's too: a launcher only asks a planner that is in the
   * same namespaces.
   */
  public static ProcessSpace own() {
    return Own.SPACE;
  }

  private static ProcessSpace read() {
    try {
      return new ProcessSpace(
          (Long) Files.getAttribute(Path.of("/proc/self/ns/pid"), "unix:ino"),
          Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("/proc is needed, and cannot be read", e);
    }
  }

  /** Reads what {@link #toString} writes; empty for anything else. */
  public static Optional<ProcessSpace> parse(String text) {
    String[] words = text.split(" ", -1);
    return words.length == 2 && words[0].matches("[0-9]{1,18}")
        ? Optional.of(new ProcessSpace(Long.parseLong(words[0]), words[1]))
        : Optional.empty();
  }

  /** The namespace and the boot id, as words of a line. */
  @Override
  public String toString() {
    return pidNamespace + " " + boot;
  }

  /** Whether its processes may live without being seen from here. */
  public boolean isHiddenFrom(ProcessSpace here) {
    return boot.equals(here.boot) && pidNamespace != here.pidNamespace;
  }
}
