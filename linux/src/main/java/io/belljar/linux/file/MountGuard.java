package io.belljar.linux.file;

import io.belljar.linux.proc.MountInfo;
import io.belljar.linux.proc.MountTable;
import io.belljar.linux.proc.ProcException;
import io.belljar.linux.proc.ProcFs;
import java.util.Optional;
import java.util.Set;

/**
 * Which mounts of a hostile process may be asked for files. A file system that a program serves, as
 * FUSE, keeps whoever asks it waiting for as long as it likes, and nothing but a signal that kills
 * ends that; an overlay hands the question on. So those are asked that the host has mounted, too,
 * and those that the kernel itself answers.
 *
 * <p>What decides is asked of the kernel alone: fstatfs(2), and statx(2) as it is usually called,
 * are requests to the server already.
 */
public final class MountGuard {
  /** Types that need no more than the kernel's memory. */
  private static final Set<String> KERNELS =
      Set.of(
          "tmpfs",
          "ramfs",
          "hugetlbfs",
          "devtmpfs",
          "devpts",
          "mqueue",
          "proc",
          "sysfs",
          "cgroup",
          "cgroup2",
          "nsfs",
          "bpf",
          "securityfs",
          "selinuxfs",
          "debugfs",
          "tracefs",
          "configfs",
          "pstore",
          "efivarfs",
          "fusectl",
          "binfmt_misc",
          "rpc_pipefs",
          "resctrl");

  private final ProcFs proc;
  private final int pid;

  /**
   * A guard of what a process has mounted.
   *
   * @param pid a process whose root directory is looked into, or is above what is looked into
   */
  public MountGuard(ProcFs proc, int pid) {
    this.proc = proc;
    this.pid = pid;
  }

  /**
   * Refuses a place that was reached by a mount which may not be asked. The descriptor keeps the
   * mount alive, and so its number its own, while the tables are read.
   *
   * @throws FileException EACCES, with the reason
   */
  void require(int descriptor, String name) {
    FileStatus.Reached reached = FileCalls.reached(descriptor);
    if (isHosts(reached.device())) {
      return;
    }
    Optional<MountInfo> mount = find(reached.mount());
    boolean admitted =
        mount
            .filter(m ->
                KERNELS.contains(m.type()) || isHosts(new FileStatus.Device(m.major(), m.minor())))
            .isPresent();
    if (!admitted) {
      String type = mount.map(m -> " (" + m.type() + ")").orElse("");
      throw new FileException(
          name,
          "is on a file system"
              + type
              + " that only processes of the container have mounted: it"
              + " could keep whoever asks it waiting for ever");
    }
  }

  private boolean isHosts(FileStatus.Device device) {
    return proc.mounts().all().stream()
        .anyMatch(m -> m.major() == device.major() && m.minor() == device.minor());
  }

  private Optional<MountInfo> find(long id) {
    try {
      return proc.mounts(pid)
          .map(MountTable::all)
          .flatMap(all -> all.stream().filter(m -> m.id() == id).findFirst());
    } catch (ProcException e) {
      return Optional.empty(); // may not be read: nothing is known of its mounts
    }
  }
}
