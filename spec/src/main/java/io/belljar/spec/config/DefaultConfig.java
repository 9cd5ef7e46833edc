package io.belljar.spec.config;

import io.belljar.spec.linux.IdMapping;
import io.belljar.spec.linux.Linux;
import io.belljar.spec.linux.Namespace;
import io.belljar.spec.linux.NamespaceType;
import io.belljar.spec.order.Ordered;
import io.belljar.spec.process.Capabilities;
import io.belljar.spec.process.Capability;
import io.belljar.spec.process.Process;
import io.belljar.spec.process.Rlimit;
import io.belljar.spec.process.RlimitType;
import io.belljar.spec.resources.DeviceRule;
import io.belljar.spec.resources.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The configurations that {@code spec} writes. They mean what those of {@code runc spec} mean, down
 * to the host name, because scripts edit them by what they know is there; only the version of the
 * specification is ours.
 */
public final class DefaultConfig {
  private static final Set<Capability> CAPABILITIES =
      Ordered.copy(
          List.of(
              Capability.CAP_AUDIT_WRITE, Capability.CAP_KILL, Capability.CAP_NET_BIND_SERVICE));

  /** What a container must not read: it tells of the host, or slows it down. */
  public static final List<String> MASKED_PATHS =
      List.of(
          "/proc/acpi",
          "/proc/asound",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/proc/sched_debug",
          "/sys/firmware",
          "/proc/scsi");

  /** What a container must not write: it would change the host. */
  public static final List<String> READONLY_PATHS =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private DefaultConfig() {}

  /**
   * What {@code spec} writes.
   *
   * @param unifiedCgroups whether the host has cgroup v2 alone: then the container gets a cgroup
   *     namespace
   */
  public static Config rootful(boolean unifiedCgroups) {
    return Config.builder(new Root("rootfs", true))
        .process(Optional.of(process()))
        .hostname(Optional.of("runc"))
        .mounts(mounts(List.of("gid=5"), sysfs()))
        .linux(
            linux()
                .resources(
                    Resources.builder()
                        .devices(List.of(DeviceRule.all(false, DeviceRule.RWM)))
                        .build())
                .namespaces(
                    namespaces(
                        List.of(
                            NamespaceType.PID,
                            NamespaceType.NETWORK,
                            NamespaceType.IPC,
                            NamespaceType.UTS,
                            NamespaceType.MOUNT),
                        unifiedCgroups))
                .build())
        .build();
  }

  /**
   * What {@code spec --rootless} writes: a container whose root is the caller. It has the host's
   * network, since an ordinary user could not connect another one.
   *
   * @param uid the caller's user
   * @param gid the caller's group
   * @param unifiedCgroups whether the host has cgroup v2 alone
   */
  public static Config rootless(long uid, long gid, boolean unifiedCgroups) {
    List<Namespace> namespaces =
        new ArrayList<>(
            namespaces(
                List.of(
                    NamespaceType.PID, NamespaceType.IPC, NamespaceType.UTS, NamespaceType.MOUNT),
                unifiedCgroups));
    namespaces.add(Namespace.created(NamespaceType.USER));
    // A sysfs shows the network namespace that it is mounted in, and only its owner may mount one.
    Mount sys =
        Mount.of("/sys", "none", "/sys", List.of("rbind", "nosuid", "noexec", "nodev", "ro"));
    return rootful(unifiedCgroups).toBuilder()
        // The group tty is not mapped, so devpts could not be given to it.
        .mounts(mounts(List.of(), sys))
        .linux(
            linux()
                .uidMappings(List.of(new IdMapping(0, uid, 1)))
                .gidMappings(List.of(new IdMapping(0, gid, 1)))
                .namespaces(namespaces)
                .build())
        .build();
  }

  private static Process process() {
    return Process.builder(List.of("sh"))
        .terminal(true)
        .env(
            List.of(
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm"))
        .capabilities(
            Optional.of(
                new Capabilities(CAPABILITIES, CAPABILITIES, Set.of(), CAPABILITIES, CAPABILITIES)))
        .rlimits(List.of(new Rlimit(RlimitType.RLIMIT_NOFILE, 1024, 1024)))
        .noNewPrivileges(true)
        .build();
  }

  private static List<Mount> mounts(List<String> devptsGroup, Mount sys) {
    List<String> devpts =
        new ArrayList<>(List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"));
    devpts.addAll(devptsGroup);
    return List.of(
        Mount.of("/proc", "proc", "proc", List.of()),
        Mount.of(
            "/dev", "tmpfs", "tmpfs", List.of("nosuid", "strictatime", "mode=755", "size=65536k")),
        Mount.of("/dev/pts", "devpts", "devpts", devpts),
        Mount.of(
            "/dev/shm",
            "tmpfs",
            "shm",
            List.of("nosuid", "noexec", "nodev", "mode=1777", "size=65536k")),
        Mount.of("/dev/mqueue", "mqueue", "mqueue", List.of("nosuid", "noexec", "nodev")),
        sys,
        Mount.of(
            "/sys/fs/cgroup",
            "cgroup",
            "cgroup",
            List.of("nosuid", "noexec", "nodev", "relatime", "ro")));
  }

  private static Mount sysfs() {
    return Mount.of("/sys", "sysfs", "sysfs", List.of("nosuid", "noexec", "nodev", "ro"));
  }

  private static Linux.Builder linux() {
    return Linux.builder().maskedPaths(MASKED_PATHS).readonlyPaths(READONLY_PATHS);
  }

  private static List<Namespace> namespaces(List<NamespaceType> types, boolean unifiedCgroups) {
    List<Namespace> namespaces = new ArrayList<>();
    types.forEach(type -> namespaces.add(Namespace.created(type)));
    if (unifiedCgroups) {
      namespaces.add(Namespace.created(NamespaceType.CGROUP));
    }
    return List.copyOf(namespaces);
  }
}
