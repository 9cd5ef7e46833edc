package io.belljar.linux;

/** The seals of fcntl(2) F_ADD_SEALS ({@code linux/fcntl.h}). */
public final class SealFlags {
  public static final int F_SEAL_SEAL = 0x0001;
  public static final int F_SEAL_SHRINK = 0x0002;
  public static final int F_SEAL_GROW = 0x0004;
  public static final int F_SEAL_WRITE = 0x0008;
  public static final int F_SEAL_FUTURE_WRITE = 0x0010;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.bit("F_SEAL_SEAL", F_SEAL_SEAL),
          FlagTable.bit("F_SEAL_SHRINK", F_SEAL_SHRINK),
          FlagTable.bit("F_SEAL_GROW", F_SEAL_GROW),
          FlagTable.bit("F_SEAL_WRITE", F_SEAL_WRITE),
          FlagTable.bit("F_SEAL_FUTURE_WRITE", F_SEAL_FUTURE_WRITE));

  private SealFlags() {}
}
