package io.belljar.runtime.state;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a container's process ended, as the launcher that waited for it wrote it.
 *
 * @param code 0 to 255: the exit code, or 128 and the number of the signal
 * @param at when
 */
public record ExitRecord(int code, Instant at) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,3}) (\\d{1,12})\\.(\\d{9})\\s*");

  /** Reads {@code CODE SECONDS.NANOS}; empty for anything else. */
  static Optional<ExitRecord> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new ExitRecord(
                Integer.parseInt(matcher.group(1)),
                Instant.ofEpochSecond(
                    Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)))))
        : Optional.empty();
  }
}
