package io.belljar.toolbox.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the system call filter lets through. */
final class SeccompFindings {
  private static final String PROPERTY = "linux.seccomp";
  private static final int STRICT = 1;

  private SeccompFindings() {}

  static List<Finding> of(Subject subject) {
    if (subject.filters().isEmpty()) {
      return subject.status().seccompMode() == STRICT ? List.of() : List.of(none());
    }
    Optional<FilterFacts> known = subject.filters().get().value();
    List<Finding> findings = new ArrayList<>();
    known.filter(FilterFacts::allowsUnknown).ifPresent(_ -> findings.add(denyList()));
    known
        .filter(facts -> !facts.passing().isEmpty())
        .map(SeccompFindings::risky)
        .ifPresent(findings::add);
    return findings;
  }

  private static Finding none() {
    return new Finding(
        Grade.MEDIUM,
        "seccomp.none",
        "every system call passes: there is no filter",
        "reach all of the kernel, and its weaknesses, through calls that programs hardly need",
        new Cure("without --security-opt seccomp=unconfined and --privileged", PROPERTY));
  }

  private static Finding denyList() {
    return new Finding(
        Grade.LOW,
        "seccomp.deny-list",
        "its filter lists what is refused, not what passes",
        "make system calls that are newer than the filter",
        new Cure("--security-opt seccomp=FILE", PROPERTY + ".defaultAction: SCMP_ACT_ERRNO"));
  }

  private static Finding risky(FilterFacts facts) {
    return new Finding(
        Grade.LOW,
        "seccomp.risky",
        "its filter lets risky calls pass: " + String.join(", ", facts.passing()),
        "reach parts of the kernel where many weaknesses were found; some need a capability, too",
        new Cure("--security-opt seccomp=FILE", PROPERTY + ".syscalls"));
  }
}
