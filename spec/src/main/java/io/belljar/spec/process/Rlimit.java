package io.belljar.spec.process;

/**
 * {@code process.rlimits[]} (getrlimit(2)).
 *
 * @param type the resource
 * @param hard the ceiling; unsigned, all ones is RLIM_INFINITY
 * @param soft the limit; likewise
 */
public record Rlimit(RlimitType type, long hard, long soft) {
  /** No limit. */
  public static final long INFINITY = -1;
}
