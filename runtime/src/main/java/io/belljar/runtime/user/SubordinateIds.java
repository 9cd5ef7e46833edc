package io.belljar.runtime.user;

import io.belljar.runtime.HostFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ids that /etc/subuid or /etc/subgid hand to a user besides its own (subuid(5)): lines of
 * {@code USER:FIRST:COUNT}. Only newuidmap(1) and newgidmap(1), which read the same file, may map
 * them for an ordinary user.
 *
 * @param ranges in the file's order
 */
public record SubordinateIds(List<Range> ranges) {
  /** The users' file. */
  public static final Path USERS = Path.of("/etc/subuid");

  /** The groups' file. */
  public static final Path GROUPS = Path.of("/etc/subgid");

  private static final int MOST_BYTES = 1 << 20;
  private static final long HIGHEST = 0xFFFF_FFFEL;

  /** Ids from the first on. */
  public record Range(long first, long count) {}

  public SubordinateIds {
    ranges = List.copyOf(ranges);
  }

  /**
   * A user's ranges; none where there is no such file.
   *
   * @param name the user's, as the host has it
   */
  public static SubordinateIds of(Path file, String name, long uid) {
    try (InputStream in = Files.newInputStream(file)) {
      return parse(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8), name, uid);
    } catch (IOException _) {
      return new SubordinateIds(List.of());
    }
  }

  static SubordinateIds parse(String text, String name, long uid) {
    List<Range> ranges = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] fields = line.strip().split(":", -1);
      if (fields.length == 3
          && (fields[0].equals(name) || fields[0].equals(String.valueOf(uid)))
          && fields[1].matches("[0-9]{1,10}")
          && fields[2].matches("[0-9]{1,10}")) {
        long first = Long.parseLong(fields[1]);
        long count = Math.min(Long.parseLong(fields[2]), HIGHEST - first + 1);
        if (count > 0) {
          ranges.add(new Range(first, count));
        }
      }
    }
    return new SubordinateIds(ranges);
  }

  /**
   * Where newuidmap(1) or newgidmap(1) is. It is never looked up in a PATH, which may be anything.
   */
  public static Optional<Path> helper(HostFiles files, String name) {
    return List.of("/usr/bin", "/bin", "/usr/local/bin", "/run/wrappers/bin").stream()
        .map(directory -> Path.of(directory, name))
        .filter(path -> files.kind(path) == HostFiles.Kind.FILE)
        .findFirst();
  }
}
