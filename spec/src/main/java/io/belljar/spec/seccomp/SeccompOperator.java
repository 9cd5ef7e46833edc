package io.belljar.spec.seccomp;

import io.belljar.spec.json.Vocabulary;

/** How an argument is compared, by libseccomp's names. */
public enum SeccompOperator implements Vocabulary.Word {
  SCMP_CMP_NE,
  SCMP_CMP_LT,
  SCMP_CMP_LE,
  SCMP_CMP_EQ,
  SCMP_CMP_GE,
  SCMP_CMP_GT,
  /** {@code (argument & value) == valueTwo}. */
  SCMP_CMP_MASKED_EQ;

  /** The names. */
  public static final Vocabulary<SeccompOperator> VOCABULARY =
      new Vocabulary<>(SeccompOperator.class, "a seccomp operator");
}
