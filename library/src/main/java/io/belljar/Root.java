package io.belljar;

import java.nio.file.Path;
import java.util.List;

/** Where a container's root file system comes from. */
public sealed interface Root {
  /**
   * A directory, used as it is: what the container writes, it writes there. Nothing is added to it
   * but missing mount points; in particular /etc/hosts and /etc/resolv.conf stay as they are.
   */
  static Root directory(Path path) {
    return new Directory(path);
  }

  /**
   * A tarball, plain or compressed with gzip, xz, zstd or bzip2. It is unpacked for this container
   * alone, and removed with it.
   */
  static Root tarball(Path file) {
    return new Tarball(file);
  }

  /**
   * Programs of the host with the libraries that they need, copied for this container alone, and
   * removed with it. What a program opens by itself later (Python's modules, plug-ins) does not
   * come along.
   *
   * @param programs names, looked up in PATH, or absolute paths
   */
  static Root hostPrograms(String... programs) {
    return new HostPrograms(List.of(programs));
  }

  /** See {@link Root#directory}. */
  record Directory(Path path) implements Root {}

  /** See {@link Root#tarball}. */
  record Tarball(Path file) implements Root {}

  /** See {@link Root#hostPrograms}. */
  record HostPrograms(List<String> programs) implements Root {
    public HostPrograms {
      programs = List.copyOf(programs);
    }
  }
}
