package io.belljar.spec.config;

import io.belljar.spec.json.JsonPath;
import io.belljar.spec.seccomp.Seccomp;
import io.belljar.spec.seccomp.SeccompAction;
import io.belljar.spec.seccomp.Syscall;
import java.util.List;

/** Who answers {@code SCMP_ACT_NOTIFY}, and whether the process can ask. */
final class SeccompChecks {
  private SeccompChecks() {}

  static void notify(Subject subject) {
    subject.linux().seccomp().ifPresent(seccomp -> notify(subject, seccomp));
  }

  private static void notify(Subject subject, Seccomp seccomp) {
    // Between seccomp(2) and the agent's having the descriptor, nobody would answer; and the
    // process has to write(2) before it can be given away.
    if (seccomp.defaultAction() == SeccompAction.SCMP_ACT_NOTIFY) {
      throw subject.refuse(
          "linux.seccomp.defaultAction", "\"SCMP_ACT_NOTIFY\" cannot be the default action");
    }
    List<Syscall> syscalls = seccomp.syscalls();
    for (int i = 0; i < syscalls.size(); i++) {
      Syscall rule = syscalls.get(i);
      if (rule.action() == SeccompAction.SCMP_ACT_NOTIFY && rule.names().contains("write")) {
        throw subject.refuse(
            JsonPath.element("linux.seccomp.syscalls", i),
            "\"SCMP_ACT_NOTIFY\" cannot be used for write");
      }
    }
  }

  static void listener(Subject subject) {
    subject.linux().seccomp().ifPresent(seccomp -> listener(subject, seccomp));
  }

  private static void listener(Subject subject, Seccomp seccomp) {
    if (seccomp.listenerPath().isEmpty()) {
      if (seccomp.listenerMetadata().isPresent()) {
        throw subject.refuse("linux.seccomp.listenerMetadata", "needs a listenerPath");
      }
      if (seccomp.notifies()) {
        throw subject.refuse(
            "linux.seccomp.listenerPath", "is required, since a rule has SCMP_ACT_NOTIFY");
      }
    }
  }
}
