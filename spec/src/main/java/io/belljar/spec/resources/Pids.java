package io.belljar.spec.resources;

import java.util.OptionalLong;

/**
 * {@code linux.resources.pids}.
 *
 * @param limit how many tasks; 0 or less is unlimited, absent changes nothing
 */
public record Pids(OptionalLong limit) {
  /** No limit. */
  public static final Pids NONE = new Pids(OptionalLong.empty());

  /** At most {@code limit} tasks. */
  public static Pids of(long limit) {
    return new Pids(OptionalLong.of(limit));
  }
}
