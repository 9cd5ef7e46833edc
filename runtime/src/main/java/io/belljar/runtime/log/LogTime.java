package io.belljar.runtime.log;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as {@code docker logs --since} takes them: a duration back from now (90s, 1h30m, 1.5h),
 * seconds since 1970 with a fraction, or a date or time as in RFC 3339, where a zone, the seconds,
 * and the whole time may be missing.
 */
public final class LogTime {
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]*)?)(ns|us|µs|ms|s|m|h)");
  private static final Pattern EPOCH = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,9})?");
  private static final Pattern HOUR = Pattern.compile("(.*T[0-9]{2})([zZ]|[-+][0-9:]+)?");

  private LogTime() {}

  /**
   * Reads one.
   *
   * @param zone of a time that has none
   * @return empty when it is no time
   */
  public static Optional<Instant> parse(String text, Instant now, ZoneId zone) {
    try {
      if (EPOCH.matcher(text).matches()) {
        return Optional.of(sinceEpoch(new BigDecimal(text)));
      }
      Optional<Duration> duration = duration(text);
      return duration.isPresent() ? duration.map(now::minus) : Optional.of(date(text, zone));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Instant sinceEpoch(BigDecimal seconds) {
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    return Instant.ofEpochSecond(
        whole.longValueExact(), seconds.subtract(whole).movePointRight(9).longValueExact());
  }

  /** As Go's time.ParseDuration reads it. */
  private static Optional<Duration> duration(String text) {
    String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    Matcher part = PART.matcher(rest);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (end < rest.length() && part.find(end) && part.start() == end) {
      BigDecimal nanos = new BigDecimal(part.group(1)).multiply(unit(part.group(2)));
      sum = sum.plusNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
      end = part.end();
    }
    if (rest.isEmpty() || end < rest.length()) {
      return Optional.empty();
    }
    return Optional.of(text.startsWith("-") ? sum.negated() : sum);
  }

  private static BigDecimal unit(String name) {
    return BigDecimal.valueOf(
        switch (name) {
          case "h" -> 3_600_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "s" -> 1_000_000_000L;
          case "ms" -> 1_000_000L;
          case "us", "µs" -> 1_000L;
          default -> 1L;
        });
  }

  private static Instant date(String text, ZoneId zone) {
    if (!text.contains("T")) {
      return text.endsWith("Z")
          ? date(text.substring(0, text.length() - 1), ZoneId.of("UTC"))
          : LocalDate.parse(text).atStartOfDay(zone).toInstant();
    }
    Matcher hour = HOUR.matcher(text);
    String whole =
        hour.matches()
            ? hour.group(1) + ":00" + (hour.group(2) == null ? "" : hour.group(2))
            : text;
    boolean zoned = whole.matches(".*T.*([zZ]|[-+][0-9]{2}:[0-9]{2})");
    return zoned
        ? OffsetDateTime.parse(whole, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant()
        : LocalDateTime.parse(whole).atZone(zone).toInstant();
  }
}
