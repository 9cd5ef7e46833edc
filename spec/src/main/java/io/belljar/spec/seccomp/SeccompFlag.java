package io.belljar.spec.seccomp;

import io.belljar.spec.json.Vocabulary;

/** Flags of seccomp(2). */
public enum SeccompFlag implements Vocabulary.Word {
  SECCOMP_FILTER_FLAG_TSYNC,
  SECCOMP_FILTER_FLAG_LOG,
  SECCOMP_FILTER_FLAG_SPEC_ALLOW,
  SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;

  /** The names. */
  public static final Vocabulary<SeccompFlag> VOCABULARY =
      new Vocabulary<>(SeccompFlag.class, "a seccomp flag");
}
