package io.belljar.toolbox.report;

import io.belljar.linux.Capability;
import io.belljar.linux.NamespaceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What a process's capabilities allow. */
final class CapabilityFindings {
  private static final String PROPERTY = "process.capabilities";

  private CapabilityFindings() {}

  static List<Finding> of(Subject subject) {
    List<DangerousCapability> held =
        DangerousCapability.ALL.stream()
            .filter(danger -> (subject.capabilities() & danger.capability().bit()) != 0)
            .toList();
    if (!subject.mayShare(NamespaceKind.USER)) {
      return inOwnUserNamespace(held);
    }
    List<Finding> findings = new ArrayList<>();
    for (DangerousCapability danger : held) {
      Grade grade = danger.grade(subject);
      if (grade != Grade.INFO) {
        findings.add(finding(danger.capability(), grade, danger.allows(subject)));
      }
    }
    if (subject.hasOnHost(Capability.CAP_MKNOD)) {
      findings.add(nodes(subject));
    }
    return subject.shares(NamespaceKind.USER) ? findings : notTold(findings);
  }

  /** Whether they count cannot be told, so they are graded as if they did, and named together. */
  private static List<Finding> notTold(List<Finding> counting) {
    List<String> names =
        counting.stream().map(finding -> finding.id().substring("capability.".length())).toList();
    return counting.stream()
        .map(Finding::grade)
        .min(Comparator.naturalOrder())
        .map(worst ->
            new Finding(
                worst,
                "capability.unknown",
                has(names) + "; whether on the host cannot be told",
                "what they allow on the host: the grade assumes the worst",
                Cure.ASK_ROOT))
        .stream()
        .toList();
  }

  private static String has(List<String> names) {
    return names.stream().limit(4).collect(Collectors.joining(", ", "has ", ""))
        + (names.size() > 4 ? " and " + (names.size() - 4) + " more" : "");
  }

  private static Finding finding(Capability capability, Grade grade, String allows) {
    return new Finding(
        grade,
        "capability." + capability.name(),
        "has " + capability.name(),
        allows,
        new Cure("--cap-drop " + capability.name().substring("CAP_".length()), PROPERTY));
  }

  private static List<Finding> inOwnUserNamespace(List<DangerousCapability> held) {
    List<String> names =
        held.stream()
            .filter(danger -> danger.alone() != Grade.INFO)
            .map(danger -> danger.capability().name())
            .toList();
    return names.isEmpty()
        ? List.of()
        : List.of(
            new Finding(
                Grade.LOW,
                "capability.own-user-namespace",
                has(names)
                    + (names.size() == 1 ? ", which counts" : ", which count")
                    + " only in its own user namespace",
                "reach more of the kernel: file systems, firewall, packets, where its weaknesses are",
                new Cure("--cap-drop ALL", PROPERTY)));
  }

  private static Finding nodes(Subject subject) {
    boolean all = subject.allDevices().orElse(false);
    Grade grade = all || subject.hasHostRoot() ? Grade.CRITICAL : Grade.LOW;
    String allows =
        grade == Grade.CRITICAL
            ? "make a node of any device and open it: read and write the host's disks"
            : "make nodes of devices; its control group decides which may be opened";
    return finding(Capability.CAP_MKNOD, grade, allows);
  }
}
