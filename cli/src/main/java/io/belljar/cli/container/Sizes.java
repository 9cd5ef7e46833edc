package io.belljar.cli.container;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** Sizes as Docker shows them (docker/go-units). */
final class Sizes {
  private static final List<String> BINARY = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");
  private static final List<String> DECIMAL = List.of("B", "kB", "MB", "GB", "TB", "PB");

  private Sizes() {}

  /** In powers of 1024, with four digits: {@code 1.172MiB}. */
  static String binary(long bytes) {
    return text(bytes, 1024, 4, BINARY);
  }

  /** In powers of 1000, with three digits: {@code 1.23MB}. */
  static String decimal(long bytes) {
    return text(bytes, 1000, 3, DECIMAL);
  }

  private static String text(long bytes, int base, int digits, List<String> units) {
    double size = bytes;
    int unit = 0;
    while (size >= base && unit < units.size() - 1) {
      size /= base;
      unit++;
    }
    BigDecimal rounded =
        new BigDecimal(size).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    return rounded.signum() == 0
        ? "0" + units.get(unit)
        : rounded.stripTrailingZeros().toPlainString() + units.get(unit);
  }
}
