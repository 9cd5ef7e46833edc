package io.belljar.cli.people;

import io.belljar.planner.Caller;
import io.belljar.runtime.rootfs.Progress;

/**
 * A bar on the caller's terminal, for a tarball that takes longer than a second:
 *
 * <pre>
 * unpacking [##########                    ]  33 % of 120 MiB
 * </pre>
 */
final class UnpackingProgress implements Progress {
  private static final long PATIENCE_NANOS = 1_000_000_000;
  private static final long PAUSE_NANOS = 100_000_000;
  private static final int WIDTH = 30;
  private static final String CLEAR = "\r\033[K";

  private final Caller caller;
  private long next = System.nanoTime() + PATIENCE_NANOS;
  private boolean shown;

  private UnpackingProgress(Caller caller) {
    this.caller = caller;
  }

  /** None where standard error is no terminal: it would fill a log with control characters. */
  static UnpackingProgress of(Caller caller) {
    var progress = new UnpackingProgress(caller);
    if (!caller.request().terminals().error()) {
      progress.next = Long.MAX_VALUE;
    }
    return progress;
  }

  @Override
  public void unpacked(long bytesRead, long bytesTotal, String entry) {
    if (next == Long.MAX_VALUE || System.nanoTime() - next < 0) {
      return;
    }
    next = System.nanoTime() + PAUSE_NANOS;
    shown = true;
    double part = bytesTotal <= 0 ? 1 : Math.min(1, (double) bytesRead / bytesTotal);
    int filled = (int) (part * WIDTH);
    caller.printError(
        "%sunpacking [%s%s] %3d %% of %d MiB"
            .formatted(
                CLEAR,
                "#".repeat(filled),
                " ".repeat(WIDTH - filled),
                (int) (part * 100),
                (bytesTotal + (1 << 19)) >> 20));
    caller.flush();
  }

  /** Takes the bar away. */
  void end() {
    if (shown) {
      shown = false;
      caller.printError(CLEAR);
      caller.flush();
    }
  }
}
