package io.belljar.toolbox.report;

import io.belljar.linux.Capability;
import io.belljar.linux.NamespaceKind;
import java.util.List;
import java.util.Optional;

/**
 * A capability that reaches beyond a container, where it counts on the host: in the first user
 * namespace (capabilities(7)).
 *
 * @param alone how much it matters in a process with namespaces of its own
 * @param decisive the namespace on which it depends how far it reaches, if one does
 * @param shared how much it matters to a process in the host's namespace of that kind
 * @param allows what it allows alone
 * @param allowsShared what it allows to a process in the host's namespace of that kind
 */
record DangerousCapability(
    Capability capability,
    Grade alone,
    Optional<NamespaceKind> decisive,
    Grade shared,
    String allows,
    String allowsShared) {

  /** The worst first. */
  static final List<DangerousCapability> ALL =
      List.of(
          always(
              Capability.CAP_SYS_ADMIN,
              Grade.CRITICAL,
              "mount file systems, enter the host's namespaces, have the kernel run programs outside (release_agent): all that root can do"),
          always(
              Capability.CAP_SYS_MODULE,
              Grade.CRITICAL,
              "load a kernel module: run any code in the kernel"),
          always(
              Capability.CAP_SYS_RAWIO,
              Grade.CRITICAL,
              "use I/O ports and physical memory, send raw commands to disks"),
          depends(
              Capability.CAP_SYS_PTRACE,
              Grade.LOW,
              "trace every process in its pid namespace",
              NamespaceKind.PID,
              Grade.CRITICAL,
              "take over any process of the host"),
          always(
              Capability.CAP_DAC_READ_SEARCH,
              Grade.HIGH,
              "open any file of a mounted file system by its handle (open_by_handle_at), outside of its root, too"),
          always(
              Capability.CAP_BPF,
              Grade.HIGH,
              "load BPF programs: run checked code in the kernel, and read its memory with CAP_PERFMON"),
          always(Capability.CAP_SYS_BOOT, Grade.HIGH, "start another kernel (kexec_load)"),
          always(Capability.CAP_MAC_ADMIN, Grade.HIGH, "change the policy of AppArmor or SELinux"),
          always(
              Capability.CAP_MAC_OVERRIDE,
              Grade.HIGH,
              "override the policy of the security module"),
          depends(
              Capability.CAP_NET_ADMIN,
              Grade.LOW,
              "configure its own network; more of the kernel's network code can be reached",
              NamespaceKind.NETWORK,
              Grade.HIGH,
              "change the host's addresses, routes and firewall"),
          depends(
              Capability.CAP_NET_RAW,
              Grade.LOW,
              "forge packets in its own network: spoof neighbours on a bridge that it shares",
              NamespaceKind.NETWORK,
              Grade.MEDIUM,
              "read and forge packets on the host's network"),
          always(
              Capability.CAP_PERFMON,
              Grade.MEDIUM,
              "watch the whole machine, and read what the kernel does"),
          always(Capability.CAP_SYS_TIME, Grade.MEDIUM, "set the host's clock"),
          always(
              Capability.CAP_SYSLOG, Grade.MEDIUM, "read the kernel's messages and its addresses"),
          always(Capability.CAP_AUDIT_CONTROL, Grade.MEDIUM, "turn the audit of the host off"),
          always(Capability.CAP_AUDIT_READ, Grade.LOW, "read the audit messages of the host"),
          always(
              Capability.CAP_CHECKPOINT_RESTORE,
              Grade.LOW,
              "choose pids, and read through /proc/PID/map_files"),
          always(
              Capability.CAP_SYS_RESOURCE,
              Grade.LOW,
              "exceed quotas and limits, use reserved space of disks"),
          always(
              Capability.CAP_SYS_NICE,
              Grade.LOW,
              "take processor time from others: real-time priorities"),
          always(Capability.CAP_IPC_LOCK, Grade.LOW, "lock memory, as much as its group may have"),
          always(
              Capability.CAP_SYS_PACCT,
              Grade.LOW,
              "turn process accounting on, into a file of its own"),
          always(Capability.CAP_SYS_TTY_CONFIG, Grade.LOW, "configure and hang up terminals"),
          always(Capability.CAP_LINUX_IMMUTABLE, Grade.LOW, "make files that cannot be removed"),
          always(Capability.CAP_WAKE_ALARM, Grade.LOW, "wake the machine up"),
          always(Capability.CAP_BLOCK_SUSPEND, Grade.LOW, "keep the machine from sleeping"),
          ofFiles(Capability.CAP_DAC_OVERRIDE, "read and write any file, whatever its permissions"),
          ofFiles(Capability.CAP_CHOWN, "make any file its own"),
          ofFiles(Capability.CAP_FOWNER, "change the permissions of any file"),
          ofFiles(Capability.CAP_SETUID, "become any user, root too"),
          ofFiles(Capability.CAP_SETGID, "become a member of any group"),
          ofFiles(Capability.CAP_SETFCAP, "give a program in a file any capability"),
          depends(
              Capability.CAP_KILL,
              Grade.INFO,
              "signal any process in its pid namespace",
              NamespaceKind.PID,
              Grade.MEDIUM,
              "end any process of the host"));

  private static DangerousCapability always(Capability capability, Grade grade, String allows) {
    return new DangerousCapability(capability, grade, Optional.empty(), grade, allows, allows);
  }

  private static DangerousCapability depends(
      Capability capability,
      Grade alone,
      String allows,
      NamespaceKind kind,
      Grade shared,
      String allowsShared) {
    return new DangerousCapability(
        capability, alone, Optional.of(kind), shared, allows, allowsShared);
  }

  /** Harmless over files of one's own; among the host's files they are root's powers. */
  private static DangerousCapability ofFiles(Capability capability, String allows) {
    return depends(capability, Grade.INFO, allows, NamespaceKind.MOUNT, Grade.HIGH, allows);
  }

  /** How much it matters to this process. */
  Grade grade(Subject subject) {
    return reaches(subject) ? shared : alone;
  }

  /** What it allows this process. */
  String allows(Subject subject) {
    return reaches(subject) ? allowsShared : allows;
  }

  private boolean reaches(Subject subject) {
    return decisive.filter(subject::mayShare).isPresent();
  }
}
