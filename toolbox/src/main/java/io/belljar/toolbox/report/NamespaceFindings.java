package io.belljar.toolbox.report;

import io.belljar.linux.Capability;
import io.belljar.linux.NamespaceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What sharing the host's namespaces allows. */
final class NamespaceFindings {
  private static final int MOST_NAMES = 3;

  private NamespaceFindings() {}

  static List<Finding> of(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    List<Finding> assumed = new ArrayList<>();
    for (NamespaceKind kind : NamespaceKind.values()) {
      if (subject.mayShare(kind)) {
        of(subject, kind).ifPresent(subject.shares(kind) ? findings::add : assumed::add);
      }
    }
    List<String> unknown =
        subject.namespaces().stream()
            .filter(fact -> fact.sharing() == Sharing.UNKNOWN)
            .map(fact -> fact.kind().ociName())
            .toList();
    if (!unknown.isEmpty()) {
      findings.add(unknown(unknown, assumed));
    }
    return findings;
  }

  private static Optional<Finding> of(Subject subject, NamespaceKind kind) {
    return switch (kind) {
      case MOUNT -> Optional.of(subject.hasHostRoot() ? files(subject) : changedRoot(subject));
      case PID -> Optional.of(processes(subject));
      case NETWORK -> Optional.of(network(subject));
      case IPC -> Optional.of(ipc());
      case UTS -> Optional.of(name(subject.hasOnHost(Capability.CAP_SYS_ADMIN)));
      case CGROUP -> Optional.of(groups());
      case USER, TIME -> Optional.empty(); // what the first decides is said of capabilities
    };
  }

  private static Finding ipc() {
    return shared(
        Grade.LOW,
        "ipc",
        "shares the host's System V IPC and POSIX message queues",
        "attach to shared memory of the host's programs, as its user",
        "--ipc private");
  }

  private static Finding groups() {
    return shared(
        Grade.INFO,
        "cgroup",
        "is in the host's cgroup namespace",
        "read the names of the groups above its own in /proc/self/cgroup",
        "");
  }

  private static Finding name(boolean may) {
    return shared(
        may ? Grade.MEDIUM : Grade.INFO,
        "uts",
        "shares the host's name",
        may ? "rename the host" : "read the host's name",
        "--uts private");
  }

  private static Finding unknown(List<String> kinds, List<Finding> assumed) {
    return new Finding(
        assumed.stream().map(Finding::grade).min(Comparator.naturalOrder()).orElse(Grade.INFO),
        "namespace.unknown",
        "whose its namespaces are cannot be told: " + String.join(", ", kinds),
        "what the host's would allow: the grade assumes the worst",
        Cure.ASK_ROOT);
  }

  private static Finding shared(
      Grade grade, String kind, String title, String allows, String option) {
    return new Finding(
        grade,
        "namespace." + kind,
        title,
        allows,
        new Cure(option, "linux.namespaces: {\"type\": \"" + kind + "\"}"));
  }

  private static Finding files(Subject subject) {
    boolean all = subject.overridesPermissions();
    return shared(
        Grade.HIGH,
        "mount",
        "sees the host's files",
        all
            ? "read and change every file of the host, as root"
            : "read and change the host's files as far as user "
                + subject.status().uids().get(1)
                + " may",
        "");
  }

  private static Finding changedRoot(Subject subject) {
    boolean leaves = subject.hasOnHost(Capability.CAP_SYS_CHROOT);
    return shared(
        leaves ? Grade.HIGH : Grade.LOW,
        "mount",
        "is in the host's mount namespace, with its root at " + subject.root().value().orElse("?"),
        leaves
            ? "leave that root: chroot is no barrier to CAP_SYS_CHROOT"
            : "leave that root if it gets CAP_SYS_CHROOT, or a directory outside as a descriptor",
        "");
  }

  private static Finding processes(Subject subject) {
    boolean any =
        subject.hasOnHost(Capability.CAP_SYS_PTRACE) || subject.hasOnHost(Capability.CAP_KILL);
    boolean root = subject.isHostRoot();
    return shared(
        any || root ? Grade.HIGH : Grade.MEDIUM,
        "pid",
        "sees the host's processes",
        any
            ? "watch, trace or end any process of the host"
            : "list all processes of the host; signal and trace those of its user that have no more rights",
        "--pid private");
  }

  private static Finding network(Subject subject) {
    List<String> names = subject.abstractSockets().value().orElse(List.of());
    String sockets =
        names.isEmpty()
            ? ""
            : ", and "
                + names.size()
                + (names.size() == 1 ? " abstract socket" : " abstract sockets")
                + " that no permissions guard ("
                + String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
                + (names.size() > MOST_NAMES ? ", ..." : "")
                + ")";
    return shared(
        Grade.MEDIUM,
        "network",
        "uses the host's network",
        "reach services that listen on the host's loopback" + sockets,
        "--network none");
  }
}
