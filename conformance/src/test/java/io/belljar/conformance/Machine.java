package io.belljar.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the tests need to know of the machine that they run on. */
public final class Machine {
  private static final Path GROUPS = Path.of("/sys/fs/cgroup");

  private Machine() {}

  /** Skips the test unless the program is there. */
  public static void requireProgram(String name, String debianPackage) {
    assumeTrue(program(name).isPresent(), name + " is missing: apt-get install " + debianPackage);
  }

  /** Where a program is. */
  public static Optional<Path> program(String name) {
    return Stream.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Skips the test unless this process has the capability of this number. */
  public static void requireCapability(int number, String name) {
    long effective = Long.parseUnsignedLong(status(ProcessHandle.current().pid(), "CapEff"), 16);
    assumeTrue((effective >>> number & 1) != 0, "root lacks " + name + " on this machine");
  }

  /** Whether /sys/fs/cgroup is a single version 2 hierarchy. */
  public static boolean isUnified() {
    return Files.exists(GROUPS.resolve("cgroup.controllers"));
  }

  /** Skips the test unless the controller is mounted as version 1. */
  public static void requireVersion1(String controller) {
    assumeTrue(
        Files.isDirectory(GROUPS.resolve(controller)) && !isUnified(),
        controller + " is not a version 1 hierarchy here");
  }

  /** The directory of a cgroup in the hierarchy of a controller. */
  public static Path group(String controller, String group) {
    return (isUnified() ? GROUPS : GROUPS.resolve(controller)).resolve(group.substring(1));
  }

  /** All directories of cgroups, in every hierarchy, whose path has this word. */
  public static List<String> groupsNamed(String word) {
    List<String> found = new ArrayList<>();
    for (Path hierarchy : isUnified() ? List.of(GROUPS) : children(GROUPS)) {
      for (Path group : children(hierarchy)) {
        if (group.toString().contains(word)) {
          found.add(group.toString());
        }
      }
    }
    return found;
  }

  /** The processes that were started with this in their environment, or are in a cgroup of it. */
  public static List<String> processesWith(String word) {
    List<String> found = new ArrayList<>();
    for (Path process : children(Path.of("/proc"))) {
      if (process.getFileName().toString().matches("[0-9]+")
          && (content(process.resolve("environ")).contains(word)
              || content(process.resolve("cgroup")).contains(word))
          && !content(process.resolve("stat")).matches("(?s).*\\) [ZX] .*")) {
        found.add(
            process.getFileName()
                + " "
                + content(process.resolve("cmdline")).replace('\0', ' ').strip());
      }
    }
    return found;
  }

  /** The processes with this in their command line. */
  public static List<Long> commandsWith(String word) {
    List<Long> found = new ArrayList<>();
    for (Path process : children(Path.of("/proc"))) {
      String name = process.getFileName().toString();
      if (name.matches("[0-9]+") && content(process.resolve("cmdline")).contains(word)) {
        found.add(Long.parseLong(name));
      }
    }
    return found;
  }

  /** The mounts whose line has this word. */
  public static List<String> mountsWith(String word) {
    return content(Path.of("/proc/self/mountinfo"))
        .lines()
        .filter(line -> line.contains(word))
        .toList();
  }

  /** Removes empty cgroups with this word in their path, and those in them. */
  public static void removeGroupsNamed(String word) {
    groupsNamed(word).forEach(group -> removeGroup(Path.of(group)));
  }

  private static void removeGroup(Path group) {
    children(group).forEach(Machine::removeGroup);
    group.toFile().delete();
  }

  /** How many processes there are. */
  public static long processes() {
    return children(Path.of("/proc")).stream()
        .filter(path -> path.getFileName().toString().matches("[0-9]+"))
        .count();
  }

  /** How many mounts there are. */
  public static long mounts() {
    return content(Path.of("/proc/self/mountinfo")).lines().count();
  }

  /** How many cgroups there are in all hierarchies. */
  public static long groups() {
    return isUnified() ? below(GROUPS) : children(GROUPS).stream().mapToLong(Machine::below).sum();
  }

  private static long below(Path directory) {
    List<Path> children = children(directory);
    return children.size() + children.stream().mapToLong(Machine::below).sum();
  }

  /** A field of /proc/PID/status. */
  public static String status(long pid, String field) {
    return content(Path.of("/proc/" + pid + "/status"))
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  /** What /proc/PID/ns has for a type of namespace. */
  public static String namespace(long pid, String type) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/" + type)).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Who owns a file: the number. */
  public static int owner(Path file) {
    try {
      return (Integer) Files.getAttribute(file, "unix:uid");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a symbolic link leads. */
  public static String link(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A small file as text; empty when it can't be read. */
  public static String content(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException _) {
      return "";
    }
  }

  /** The directories in a directory, symbolic links left out. */
  private static List<Path> children(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(path -> Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS))
          .toList();
    } catch (IOException | UncheckedIOException _) {
      return List.of();
    }
  }
}
