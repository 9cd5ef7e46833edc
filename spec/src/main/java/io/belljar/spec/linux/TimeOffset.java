package io.belljar.spec.linux;

import io.belljar.spec.json.Vocabulary;

/**
 * A member of {@code linux.timeOffsets} (time_namespaces(7)).
 *
 * @param secs seconds, may be negative
 * @param nanosecs nanoseconds to add, 0 to 999999999
 */
public record TimeOffset(long secs, long nanosecs) {
  /** The clocks that have offsets. */
  public enum Clock implements Vocabulary.Word {
    MONOTONIC("monotonic"),
    BOOTTIME("boottime");

    /** The names. */
    public static final Vocabulary<Clock> VOCABULARY =
        new Vocabulary<>(Clock.class, "a clock with an offset");

    private final String word;

    Clock(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }
}
