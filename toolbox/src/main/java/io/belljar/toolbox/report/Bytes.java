package io.belljar.toolbox.report;

import java.util.Locale;

/** Amounts of memory for people. */
final class Bytes {
  private Bytes() {}

  /** {@code 64.0 MiB}. */
  static String describe(long bytes) {
    double amount = bytes;
    String unit = "B";
    for (String larger : new String[] {"KiB", "MiB", "GiB", "TiB"}) {
      if (amount < 1024) {
        break;
      }
      amount /= 1024;
      unit = larger;
    }
    return unit.equals("B") ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", amount, unit);
  }
}
