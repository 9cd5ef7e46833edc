package io.belljar.assembly;

import io.belljar.InvalidIsolationException;
import java.math.BigDecimal;

/** Docker's checks of limits, which are the same before a start and while a container runs. */
public final class LimitChecks {
  /** The period in which processor time is given, in microseconds. */
  public static final long PERIOD = 100_000;

  private static final long LEAST_MEMORY = 6L << 20;

  private LimitChecks() {}

  /**
   * A limit of memory, in bytes.
   *
   * @throws InvalidIsolationException when it is too low
   */
  public static long memory(long bytes) {
    if (bytes < LEAST_MEMORY) {
      throw new InvalidIsolationException("memory", "the least is 6m, as nothing runs in less");
    }
    return bytes;
  }

  /**
   * The time in each {@link #PERIOD} that amounts to some processors.
   *
   * @param processors how many there are
   * @throws InvalidIsolationException when so many are not there
   */
  public static long quota(double count, int processors) {
    if (!(count >= 0.01 && count <= processors)) {
      throw new InvalidIsolationException(
          "cpus",
          "%s is not from 0.01 to %d, the number of processors here"
              .formatted(text(count), processors));
    }
    return Math.round(count * PERIOD);
  }

  private static String text(double count) {
    return Double.isFinite(count)
        ? new BigDecimal(Double.toString(count)).stripTrailingZeros().toPlainString()
        : Double.toString(count);
  }
}
