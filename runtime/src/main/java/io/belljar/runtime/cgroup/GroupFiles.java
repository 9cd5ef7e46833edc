package io.belljar.runtime.cgroup;

import io.belljar.linux.file.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads cgroup files: the facts that planning depends on. What is not there, or goes away
 * meanwhile, reads as empty.
 *
 * @param root what paths are relative to: {@code /}, or a directory of fixtures
 */
public record GroupFiles(Path root) {
  private static final int MOST = 1 << 20;

  /** The machine's own. */
  public static GroupFiles host() {
    return new GroupFiles(Path.of("/"));
  }

  private Path path(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  /** Whether there is such a file or directory. */
  public boolean exists(String path) {
    return Files.exists(path(path));
  }

  /** The content without the newline at its end. */
  public Optional<String> text(String path) {
    if (!exists(path)) {
      return Optional.empty(); // most are not there, and an exception costs far more than a look
    }
    try {
      return Optional.of(text(SmallFile.read(path(path), MOST)));
    } catch (IOException _) {
      // Removed meanwhile (ENOENT, ENODEV), or a file that this kind of group cannot be asked for.
      return Optional.empty();
    }
  }

  /** The same of a file that is most likely there, and holds a word or a number. */
  Optional<String> word(String path) {
    try {
      return Optional.of(text(SmallFile.readWhole(path(path), MOST)));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8).strip();
  }

  /** The words of a file such as cgroup.controllers. */
  public Set<String> words(String path) {
    return text(path)
        .filter(text -> !text.isEmpty())
        .map(text -> Set.of(text.split(" ")))
        .orElse(Set.of());
  }

  /** The ids of the processes in a group itself; 0 stands for one of another pid namespace. */
  public List<Integer> processes(String group) {
    List<Integer> pids = new ArrayList<>();
    text(group + "/cgroup.procs")
        .ifPresent(text ->
            text.lines()
                .filter(line -> !line.isEmpty())
                .forEach(line -> pids.add(Integer.parseInt(line))));
    return pids;
  }

  /** The ids of the processes in a group and in all groups below it. */
  public List<Integer> allProcesses(String group) {
    if (!exists(group)) {
      return List.of();
    }
    List<Integer> pids = new ArrayList<>(processes(group));
    names(group).stream()
        .filter(name -> Files.isDirectory(path(group).resolve(name)))
        .forEach(name -> pids.addAll(allProcesses(group + "/" + name)));
    return pids;
  }

  /** The names in a directory, sorted. */
  public List<String> names(String directory) {
    if (!exists(directory)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(directory))) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    } catch (IOException _) {
      return List.of();
    }
    names.sort(null);
    return names;
  }
}
