package io.belljar.linux.cgroup;

import java.util.Optional;

/**
 * Where a cgroup hierarchy is mounted, and where a process is in it.
 *
 * @param mountPoint an absolute path
 * @param mountRoot which cgroup is mounted there, as mountinfo says; {@code /..} and the like when
 *     it is above the reader's cgroup namespace
 * @param processPath the process's cgroup, as /proc/PID/cgroup says
 * @param readOnly whether the mount is read-only
 */
public record CgroupPlace(
    String mountPoint, String mountRoot, String processPath, boolean readOnly) {

  /** The directory of the process's own cgroup; empty when it is not below the mounted one. */
  public Optional<String> ownDirectory() {
    return directoryOf(processPath);
  }

  /**
   * The directory of a cgroup given as /proc/PID/cgroup would give it; empty when the mount does
   * not hold it.
   */
  public Optional<String> directoryOf(String cgroupPath) {
    if (cgroupPath.equals(mountRoot)) {
      return Optional.of(mountPoint);
    }
    String prefix = mountRoot.equals("/") ? "/" : mountRoot + "/";
    // Paths that start with /.. lie outside of the cgroup namespace, not below its root.
    if (!cgroupPath.startsWith(prefix) || above(cgroupPath) > above(mountRoot)) {
      return Optional.empty();
    }
    String separator = mountPoint.equals("/") ? "" : "/";
    return Optional.of(mountPoint + separator + cgroupPath.substring(prefix.length()));
  }

  /** How many levels above the root of the cgroup namespace a path starts. */
  private static int above(String path) {
    int levels = 0;
    while (path.equals("/..") || path.startsWith("/../")) {
      path = path.substring(3);
      levels++;
    }
    return levels;
  }
}
