package io.belljar.spec.seccomp;

import io.belljar.spec.json.Vocabulary;

/** What happens to a system call, by libseccomp's names (seccomp_rule_add(3)). */
public enum SeccompAction implements Vocabulary.Word {
  /** The same as {@link #SCMP_ACT_KILL_THREAD}. */
  SCMP_ACT_KILL,
  SCMP_ACT_KILL_PROCESS,
  SCMP_ACT_KILL_THREAD,
  SCMP_ACT_TRAP,
  SCMP_ACT_ERRNO,
  SCMP_ACT_TRACE,
  SCMP_ACT_ALLOW,
  SCMP_ACT_LOG,
  SCMP_ACT_NOTIFY;

  /** The names. */
  public static final Vocabulary<SeccompAction> VOCABULARY =
      new Vocabulary<>(SeccompAction.class, "a seccomp action");

  /** Whether the action carries a number: an errno, or a message for the tracer. */
  public boolean takesErrno() {
    return this == SCMP_ACT_ERRNO || this == SCMP_ACT_TRACE;
  }
}
