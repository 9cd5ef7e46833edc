package io.belljar.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A device node of the host.
 *
 * @param path where it is
 * @param block whether it is a block device, not a character device
 * @param major of its number
 * @param minor of its number
 * @param permissions 0 to 0777
 * @param uid its owner
 * @param gid its group
 */
public record HostDevice(
    Path path, boolean block, int major, int minor, int permissions, int uid, int gid) {
  private static final int TYPE = 0170000;
  private static final int CHARACTER = 0020000;
  private static final int BLOCK = 0060000;

  // What every container has of its own.
  private static final Set<String> OWN =
      Set.of("pts", "shm", "fd", "mqueue", "console", "ptmx", ".udev", ".lxc", ".lxd-mounts");

  /** Looks at the devices of the host; a fixed map in tests. */
  public interface Source {
    /** The device at a path, links followed; or those in a directory; empty: none. */
    List<HostDevice> at(Path path);

    /** All of the host. */
    List<HostDevice> all();

    /** The machine's. */
    static Source host() {
      return new Source() {
        @Override
        public List<HostDevice> at(Path path) {
          return Files.isDirectory(path) ? below(path) : read(path).stream().toList();
        }

        @Override
        public List<HostDevice> all() {
          return below(Path.of("/dev"));
        }
      };
    }
  }

  private static List<HostDevice> below(Path directory) {
    List<HostDevice> devices = new ArrayList<>();
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.sorted().toList()) {
        if (OWN.contains(entry.getFileName().toString())) {
          continue;
        }
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          devices.addAll(below(entry));
        } else if (!Files.isSymbolicLink(entry)) {
          read(entry).ifPresent(devices::add);
        }
      }
    } catch (IOException _) {
      return devices; // it went away, or may not be looked into: nothing to pass on
    }
    return devices;
  }

  private static Optional<HostDevice> read(Path path) {
    try {
      Map<String, Object> status = Files.readAttributes(path, "unix:mode,rdev,uid,gid");
      int mode = (Integer) status.get("mode");
      int type = mode & TYPE;
      if (type != CHARACTER && type != BLOCK) {
        return Optional.empty();
      }
      // makedev(3)
      long number = (Long) status.get("rdev");
      int major = (int) (((number >>> 8) & 0xfff) | ((number >>> 32) & ~0xfffL));
      int minor = (int) ((number & 0xff) | ((number >>> 12) & ~0xffL));
      return Optional.of(
          new HostDevice(
              path,
              type == BLOCK,
              major,
              minor,
              mode & 0777,
              (Integer) status.get("uid"),
              (Integer) status.get("gid")));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
