package io.belljar.linux;

/** The flags of close_range(2) ({@code linux/close_range.h}). */
public final class CloseRangeFlags {
  public static final int CLOSE_RANGE_UNSHARE = 2;
  public static final int CLOSE_RANGE_CLOEXEC = 4;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.bit("CLOSE_RANGE_UNSHARE", CLOSE_RANGE_UNSHARE),
          FlagTable.bit("CLOSE_RANGE_CLOEXEC", CLOSE_RANGE_CLOEXEC));

  private CloseRangeFlags() {}
}
