package io.belljar.linux.seccomp;

import java.util.Optional;

/** How an argument is compared (seccomp_rule_add(3), {@code enum scmp_compare}). */
public enum Comparison {
  NE(1),
  LT(2),
  LE(3),
  EQ(4),
  GE(5),
  GT(6),
  MASKED_EQ(7);

  private static final String PREFIX = "SCMP_CMP_";

  private final int value;

  Comparison(int value) {
    this.value = value;
  }

  /** The name in OCI documents: {@code SCMP_CMP_MASKED_EQ}. */
  public String ociName() {
    return PREFIX + name();
  }

  /** The comparison of this name in an OCI document. */
  public static Optional<Comparison> ofOciName(String name) {
    for (Comparison comparison : values()) {
      if (comparison.ociName().equals(name)) {
        return Optional.of(comparison);
      }
    }
    return Optional.empty();
  }

  int value() {
    return value;
  }
}
