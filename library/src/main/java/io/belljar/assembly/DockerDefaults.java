package io.belljar.assembly;

import io.belljar.linux.Capability;
import io.belljar.spec.config.Mount;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What Docker gives every container: moby's {@code daemon/pkg/oci/defaults.go} and {@code
 * caps/defaults.go}, as of version 28.
 */
final class DockerDefaults {
  static final String PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** The processor's and the host's own business; each is known for an escape or a leak. */
  static final List<String> MASKED_PATHS =
      List.of(
          "/proc/acpi",
          "/proc/asound",
          "/proc/interrupts",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/sys/devices/virtual/powercap",
          "/sys/firmware");

  static final List<String> READONLY_PATHS =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private static final Set<Capability> CAPABILITIES =
      Set.of(
          Capability.CAP_CHOWN,
          Capability.CAP_DAC_OVERRIDE,
          Capability.CAP_FSETID,
          Capability.CAP_FOWNER,
          Capability.CAP_MKNOD,
          Capability.CAP_NET_RAW,
          Capability.CAP_SETGID,
          Capability.CAP_SETUID,
          Capability.CAP_SETFCAP,
          Capability.CAP_SETPCAP,
          Capability.CAP_NET_BIND_SERVICE,
          Capability.CAP_SYS_CHROOT,
          Capability.CAP_KILL,
          Capability.CAP_AUDIT_WRITE);

  private DockerDefaults() {}

  /** In the kernel's order. */
  static Set<Capability> capabilities() {
    return Capability.setOf(Capability.mask(CAPABILITIES));
  }

  /**
   * The mounts.
   *
   * @param writable whether /sys and the cgroups can be written: for a privileged container
   * @param hostMemory whether shared memory is the host's. Message queues need no such thing:
   *     mqueue shows those of the namespace that it is mounted in
   */
  static List<Mount> mounts(boolean writable, boolean hostMemory) {
    List<Mount> mounts = new ArrayList<>();
    mounts.add(Mount.of("/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev")));
    mounts.add(
        Mount.of(
            "/dev", "tmpfs", "tmpfs", List.of("nosuid", "strictatime", "mode=755", "size=65536k")));
    mounts.add(
        Mount.of(
            "/dev/pts",
            "devpts",
            "devpts",
            List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5")));
    mounts.add(Mount.of("/sys", "sysfs", "sysfs", with(writable, "nosuid", "noexec", "nodev")));
    mounts.add(
        Mount.of(
            "/sys/fs/cgroup", "cgroup", "cgroup", with(writable, "nosuid", "noexec", "nodev")));
    mounts.add(Mount.of("/dev/mqueue", "mqueue", "mqueue", List.of("nosuid", "noexec", "nodev")));
    mounts.add(
        hostMemory
            ? Mount.bind("/dev/shm", "/dev/shm", List.of("rbind", "rprivate"))
            : Mount.of(
                "/dev/shm",
                "tmpfs",
                "shm",
                List.of("nosuid", "noexec", "nodev", "mode=1777", "size=64m")));
    return mounts;
  }

  private static List<String> with(boolean writable, String... options) {
    Set<String> all = new LinkedHashSet<>(List.of(options));
    all.add(writable ? "rw" : "ro");
    return List.copyOf(all);
  }
}
