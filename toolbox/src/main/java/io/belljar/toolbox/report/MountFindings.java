package io.belljar.toolbox.report;

import io.belljar.linux.Capability;
import io.belljar.linux.NamespaceKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What of the host can be reached through the process's mounts. */
final class MountFindings {
  /** Directories of the host that hold its configuration, programs, secrets or engines. */
  private static final Set<String> SENSITIVE =
      Set.of(
          "/boot",
          "/dev",
          "/etc",
          "/home",
          "/lib",
          "/lib64",
          "/opt",
          "/proc",
          "/root",
          "/run",
          "/sbin",
          "/srv",
          "/sys",
          "/usr",
          "/var",
          "/var/lib",
          "/var/log",
          "/var/run",
          "/bin",
          "/var/lib/docker",
          "/var/lib/containerd",
          "/var/lib/containers",
          "/var/lib/kubelet",
          "/run/containerd",
          "/run/docker",
          "/run/podman",
          "/run/systemd",
          "/lib/modules");

  /** Programs and libraries, which everybody may read anyway. */
  private static final Set<String> PUBLIC =
      Set.of("/usr", "/bin", "/sbin", "/lib", "/lib64", "/opt", "/lib/modules");

  private static final Set<String> OF_ENGINES =
      Set.of("/etc/hostname", "/etc/hosts", "/etc/resolv.conf", "/run/.containerenv");

  private static final Set<String> OF_DEBUGGERS =
      Set.of("debugfs", "tracefs", "securityfs", "configfs", "efivarfs", "pstore", "bpf");

  private MountFindings() {}

  static List<Finding> of(Subject subject) {
    if (subject.shares(NamespaceKind.MOUNT)) {
      return List.of(); // said there already
    }
    List<Finding> findings = new ArrayList<>();
    subject.mounts().value().orElse(List.of()).stream()
        .filter(mount -> !isOfEngine(mount))
        .forEach(mount -> add(subject, mount, findings));
    kernelFiles(subject, findings);
    if (subject.rootWritable().orElse(false)) {
      findings.add(
          new Finding(
              Grade.LOW,
              "mount.root-writable",
              "its root can be written",
              "change its own programs, to stay or to deceive",
              new Cure("--read-only", "root.readonly: true")));
    }
    return findings;
  }

  /** What every engine makes for each container. */
  private static boolean isOfEngine(MountFact mount) {
    return OF_ENGINES.contains(mount.point()) && !mount.source().equals(mount.point());
  }

  private static void add(Subject subject, MountFact mount, List<Finding> findings) {
    boolean root = subject.overridesPermissions();
    if (OF_DEBUGGERS.contains(mount.type())) {
      findings.add(
          finding(
              mount.writable() && root ? Grade.HIGH : Grade.LOW,
              mount,
              "has " + mount.type() + " at " + mount.point(),
              "look into the kernel" + (mount.writable() ? " and change it" : "")));
    } else if (mount.source().equals("/")) {
      findings.add(
          finding(
              mount.writable()
                  ? (root ? Grade.CRITICAL : Grade.HIGH)
                  : (root ? Grade.HIGH : Grade.MEDIUM),
              mount,
              "sees the host's root at " + mount.point() + mode(mount),
              (mount.writable() ? "read and change" : "read")
                  + " the host's files, as its user may"));
    } else if (mount.type().equals("proc")) {
      findings.add(
          finding(
              Grade.MEDIUM,
              mount,
              "sees the host's /proc at " + mount.point(),
              "list the host's processes, and what they were started with"));
    } else if (mount.source().equals("/dev")) {
      findings.add(
          finding(
              Grade.MEDIUM,
              mount,
              "sees the host's /dev at " + mount.point() + mode(mount),
              "find every device of the host; which may be opened is told apart"));
    } else {
      findings.add(directory(root, mount));
    }
  }

  private static Finding directory(boolean root, MountFact mount) {
    boolean sensitive = SENSITIVE.contains(mount.source());
    Grade grade =
        mount.writable()
            ? (sensitive ? (root ? Grade.CRITICAL : Grade.MEDIUM) : Grade.INFO)
            : (sensitive && !PUBLIC.contains(mount.source()) ? Grade.MEDIUM : Grade.INFO);
    return finding(
        grade,
        mount,
        "sees the host's " + mount.source() + " at " + mount.point() + mode(mount),
        (mount.writable() ? "read and change" : "read") + " what is there, as its user may");
  }

  private static String mode(MountFact mount) {
    return mount.writable() ? " (writable)" : " (read-only)";
  }

  private static Finding finding(Grade grade, MountFact mount, String title, String allows) {
    String cure =
        mount.writable() && grade != Grade.INFO
            ? "without --volume, or with :ro"
            : "without --volume";
    return new Finding(
        grade,
        "mount." + mount.point(),
        title,
        allows,
        new Cure(cure, "mounts: without it" + (mount.writable() ? ", or with option \"ro\"" : "")));
  }

  private static void kernelFiles(Subject subject, List<Finding> findings) {
    Set<String> seen = new HashSet<>(); // one way to change the kernel is enough to tell
    for (KernelFileFact file : subject.kernelFiles()) {
      if (file.writable() && seen.add(file.name())) {
        writable(subject, file, findings);
      } else if (file.visible()
          && file.name().equals("/proc/kcore")
          && subject.overridesPermissions()) {
        findings.add(memory());
      }
    }
  }

  private static void writable(Subject subject, KernelFileFact file, List<Finding> findings) {
    boolean root = subject.isHostRoot() || subject.hasOnHost(Capability.CAP_DAC_OVERRIDE);
    switch (file.name()) {
      case "/proc/sys" -> {
        if (root) {
          findings.add(
              protect(
                  Grade.CRITICAL,
                  file,
                  "have the kernel run a program outside (kernel.core_pattern, kernel.modprobe) as root of the host"));
        }
      }
      case "/proc/sysrq-trigger" -> {
        if (root) {
          findings.add(protect(Grade.HIGH, file, "crash or reboot the host"));
        }
      }
      case "/sys" -> {
        if (root) {
          findings.add(
              protect(
                  Grade.HIGH,
                  file,
                  "configure the host's devices, and have the kernel run a program (uevent_helper)"));
        }
      }
      case "/sys/fs/cgroup" -> findings.add(groups(subject, file));
      case "/proc/kcore" -> {
        if (root && subject.hasOnHost(Capability.CAP_SYS_RAWIO)) {
          findings.add(memory());
        }
      }
      default -> {
        // Of less weight: they are in the list of mounts.
      }
    }
  }

  private static Finding groups(Subject subject, KernelFileFact file) {
    boolean critical = subject.hasOnHost(Capability.CAP_SYS_ADMIN);
    boolean root = subject.overridesPermissions();
    return protect(
        critical ? Grade.CRITICAL : root ? Grade.MEDIUM : Grade.INFO,
        file,
        critical
            ? "have the kernel run a program outside (release_agent), lift its own limits"
            : "change the limits of groups that its user owns");
  }

  private static Finding protect(Grade grade, KernelFileFact file, String allows) {
    String path = file.path();
    boolean usual = path.equals(file.name());
    return new Finding(
        grade,
        "kernel." + path,
        path + " can be written",
        allows,
        new Cure(
            usual ? "without --privileged" : "without --volume",
            path.startsWith("/proc")
                ? "linux.readonlyPaths: \"" + path + "\""
                : "mounts: option \"ro\" for " + path));
  }

  private static Finding memory() {
    return new Finding(
        Grade.MEDIUM,
        "kernel./proc/kcore",
        "/proc/kcore is not masked",
        "read the machine's memory, with CAP_SYS_RAWIO",
        new Cure("without --privileged", "linux.maskedPaths: \"/proc/kcore\""));
  }
}
