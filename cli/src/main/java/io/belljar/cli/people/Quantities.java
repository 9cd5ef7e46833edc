package io.belljar.cli.people;

import io.belljar.InvalidIsolationException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and counts as Docker reads them (docker/go-units, opts.NanoCPUs). */
public final class Quantities {
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,18})?) ?([kmgtp]?)i?b?");
  private static final String UNITS = " kmgtp";
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{0,9}(\\.[0-9]{1,9})?");
  private static final int UNIT_BITS = 10;

  private Quantities() {}

  /** Bytes: {@code 64m}, {@code 1.5g}, {@code 1048576}; units are powers of 1024. */
  public static long bytes(String option, String text) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new InvalidIsolationException(
          option, "\"" + text + "\" is not a size, such as 64m or 1.5g");
    }
    int unit = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2));
    BigDecimal bytes =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << (UNIT_BITS * unit)));
    if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new InvalidIsolationException(option, "\"" + text + "\" is too large");
    }
    return bytes.setScale(0, RoundingMode.DOWN).longValueExact();
  }

  /** As {@link #bytes}, or -1 for no limit. */
  public static long bytesOrUnlimited(String option, String text) {
    return text.equals("-1") ? -1 : bytes(option, text);
  }

  /** A decimal fraction: {@code 1.5}. */
  public static double decimal(String option, String text) {
    if (text.isEmpty() || !DECIMAL.matcher(text).matches()) {
      throw new InvalidIsolationException(
          option, "\"" + text + "\" is not a number of processors, such as 1.5");
    }
    return Double.parseDouble(text);
  }

  /** A whole number, perhaps negative. */
  public static long integer(String option, String text) {
    if (!text.matches("-?[0-9]{1,18}")) {
      throw new InvalidIsolationException(option, "\"" + text + "\" is not a whole number");
    }
    return Long.parseLong(text);
  }
}
