package io.belljar.toolbox.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the process can use up. */
final class LimitFindings {
  private LimitFindings() {}

  static List<Finding> of(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    if (isUnlimited(subject, "memory")) {
      findings.add(
          finding(
              Grade.MEDIUM,
              "memory",
              "no limit of memory",
              "use up the machine's memory, so that the kernel kills others",
              "--memory 512m",
              "linux.resources.memory.limit"));
    }
    if (isUnlimited(subject, "pids")) {
      findings.add(
          finding(
              Grade.MEDIUM,
              "pids",
              "no limit of processes",
              "use up the machine's process ids (a fork bomb)",
              "--pids-limit 200",
              "linux.resources.pids.limit"));
    }
    if (isUnlimited(subject, "cpu")) {
      findings.add(
          finding(
              Grade.LOW,
              "cpu",
              "no limit of processor time",
              "slow others down",
              "--cpus 1",
              "linux.resources.cpu.quota"));
    }
    return findings;
  }

  /** A controller that the machine does not have limits nobody. */
  private static boolean isUnlimited(Subject subject, String resource) {
    Optional<LimitFact> fact =
        subject.limits().stream().filter(limit -> limit.resource().equals(resource)).findFirst();
    return fact.isEmpty() || fact.get().limit().isEmpty();
  }

  private static Finding finding(
      Grade grade, String id, String title, String allows, String option, String property) {
    return new Finding(grade, "limit." + id, title, allows, new Cure(option, property));
  }
}
