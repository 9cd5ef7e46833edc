package io.belljar.toolbox.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How isolated a process is: what was read, and what that amounts to.
 *
 * @param findings the worst first
 */
public record Report(Subject subject, List<Finding> findings) {
  /** Instead of all that a process without any isolation may do. */
  private static final Finding NOT_ISOLATED =
      new Finding(
          Grade.CRITICAL,
          "isolation.none",
          "nothing isolates it: it is a process of root's on the host",
          "all that root can do",
          new Cure("", "", "start it with belljar run"));

  /** Copies the list. */
  public Report {
    findings = List.copyOf(findings);
  }

  /** Judges what was read. */
  public static Report of(Subject subject) {
    if (subject.isNotIsolated()) {
      return new Report(subject, List.of(NOT_ISOLATED));
    }
    List<Finding> findings = new ArrayList<>();
    findings.addAll(NamespaceFindings.of(subject));
    findings.addAll(CapabilityFindings.of(subject));
    findings.addAll(ReachFindings.of(subject));
    findings.addAll(MountFindings.of(subject));
    findings.addAll(DeviceFindings.of(subject));
    findings.addAll(PrivilegeFindings.of(subject));
    findings.addAll(SeccompFindings.of(subject));
    findings.addAll(LimitFindings.of(subject));
    findings.sort(Comparator.comparing(Finding::grade));
    return new Report(subject, findings);
  }

  /** The grade of the worst finding. */
  public Grade grade() {
    return findings.isEmpty() ? Grade.INFO : findings.getFirst().grade();
  }

  /** Whether something that would count could not be told: another grade may be the right one. */
  public boolean isProvisional() {
    return !subject.notKnown().isEmpty();
  }

  /** How many findings have this grade. */
  public long count(Grade grade) {
    return findings.stream().filter(finding -> finding.grade() == grade).count();
  }
}
