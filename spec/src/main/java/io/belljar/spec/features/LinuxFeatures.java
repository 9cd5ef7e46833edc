package io.belljar.spec.features;

import java.util.List;

/**
 * {@code linux} of the features document.
 *
 * @param namespaces types that are understood
 * @param capabilities names that are understood
 * @param cgroup kinds of cgroups
 * @param seccomp what of seccomp
 * @param apparmor whether AppArmor is supported (not: by this host)
 * @param selinux whether SELinux is
 * @param intelRdt whether resctrl is
 * @param mountIdmap whether idmapped mounts are
 * @param netDevices whether {@code linux.netDevices} is
 */
public record LinuxFeatures(
    List<String> namespaces,
    List<String> capabilities,
    Cgroup cgroup,
    Seccomp seccomp,
    boolean apparmor,
    boolean selinux,
    boolean intelRdt,
    boolean mountIdmap,
    boolean netDevices) {
  public LinuxFeatures {
    namespaces = List.copyOf(namespaces);
    capabilities = List.copyOf(capabilities);
  }

  /**
   * {@code linux.cgroup}.
   *
   * @param v1 version 1
   * @param v2 version 2
   * @param systemd through systemd
   * @param systemdUser through a user's systemd
   * @param rdma the RDMA controller
   */
  public record Cgroup(
      boolean v1, boolean v2, boolean systemd, boolean systemdUser, boolean rdma) {}

  /**
   * {@code linux.seccomp}.
   *
   * @param enabled whether filters are supported
   * @param actions names that are understood
   * @param operators names that are understood
   * @param archs names that are understood
   * @param knownFlags names that are understood
   * @param supportedFlags those of them that kernel and libseccomp support
   */
  public record Seccomp(
      boolean enabled,
      List<String> actions,
      List<String> operators,
      List<String> archs,
      List<String> knownFlags,
      List<String> supportedFlags) {
    public Seccomp {
      actions = List.copyOf(actions);
      operators = List.copyOf(operators);
      archs = List.copyOf(archs);
      knownFlags = List.copyOf(knownFlags);
      supportedFlags = List.copyOf(supportedFlags);
    }
  }
}
