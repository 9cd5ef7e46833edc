package io.belljar.toolbox.report;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.IdMapping;
import java.util.ArrayList;
import java.util.List;

/** User, privileges to be gained, security module. */
final class PrivilegeFindings {
  private PrivilegeFindings() {}

  static List<Finding> of(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    if (subject.isHostRoot()) {
      findings.add(subject.mayShare(NamespaceKind.USER) ? root(subject) : rootsFiles());
    } else if (!subject.mayShare(NamespaceKind.USER) && mapsRoot(subject)) {
      findings.add(rootsFiles());
    }
    if (!subject.status().noNewPrivileges()) {
      findings.add(morePrivileges(subject));
    }
    module(subject.confinement(), findings);
    return findings;
  }

  /**
   * A user namespace alone is no cure: root in it is mapped to the host's user 0 still, and only
   * its capabilities stop counting.
   */
  private static Finding root(Subject subject) {
    return new Finding(
        Grade.MEDIUM,
        "user.root",
        subject.shares(NamespaceKind.USER)
            ? "runs as root, the same root as the host's"
            : "runs as the host's root; whether in a user namespace of its own cannot be told",
        "whatever gets out of its namespaces is root on the host; files of the host that it reaches are its own",
        new Cure(
            "--user 1000:1000",
            "process.user.uid, or linux.uidMappings: a hostID that is no user of the host"));
  }

  private static Finding rootsFiles() {
    return new Finding(
        Grade.LOW,
        "user.root-mapped",
        "its user namespace maps the host's user 0",
        "files of the host that it reaches are root's, and it makes files of root's; its capabilities do not count there",
        new Cure("--user 1000:1000", "linux.uidMappings: a hostID that is no user of the host"));
  }

  private static boolean mapsRoot(Subject subject) {
    return subject.uidMap().value().orElse(List.of()).stream()
        .map(IdMapping::outside)
        .anyMatch(outside -> outside == 0);
  }

  private static Finding morePrivileges(Subject subject) {
    boolean root = subject.status().uids().get(1) == 0;
    return new Finding(
        Grade.LOW,
        "privileges.new",
        "may gain privileges by executing a program",
        root
            ? "regain what its bounding set holds, by a set-user-ID program or file capabilities"
            : "become root, or gain capabilities, by a set-user-ID program in its root",
        new Cure("--security-opt no-new-privileges", "process.noNewPrivileges: true"));
  }

  private static void module(Confinement confinement, List<Finding> findings) {
    if (confinement.hasLabels() && !confinement.isConfined()) {
      findings.add(
          new Finding(
              Grade.LOW,
              "lsm.unconfined",
              "the kernel's security module does not confine it",
              "all that permissions and capabilities allow",
              new Cure("", "process.apparmorProfile or process.selinuxLabel")));
    } else if (!confinement.hasLabels()) {
      findings.add(
          new Finding(
              Grade.INFO,
              "lsm.none",
              "no AppArmor or SELinux confines it: the kernel has none that is active, or does not tell",
              "all that permissions and capabilities allow",
              Cure.NONE));
    }
  }
}
