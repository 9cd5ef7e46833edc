package io.belljar.linux;

/** How openat2(2) resolves a path ({@code linux/openat2.h}). */
public final class ResolveFlags {
  public static final int RESOLVE_NO_XDEV = 0x01;
  public static final int RESOLVE_NO_MAGICLINKS = 0x02;
  public static final int RESOLVE_NO_SYMLINKS = 0x04;
  public static final int RESOLVE_BENEATH = 0x08;
  public static final int RESOLVE_IN_ROOT = 0x10;
  public static final int RESOLVE_CACHED = 0x20;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.bit("RESOLVE_NO_XDEV", RESOLVE_NO_XDEV),
          FlagTable.bit("RESOLVE_NO_MAGICLINKS", RESOLVE_NO_MAGICLINKS),
          FlagTable.bit("RESOLVE_NO_SYMLINKS", RESOLVE_NO_SYMLINKS),
          FlagTable.bit("RESOLVE_BENEATH", RESOLVE_BENEATH),
          FlagTable.bit("RESOLVE_IN_ROOT", RESOLVE_IN_ROOT),
          FlagTable.bit("RESOLVE_CACHED", RESOLVE_CACHED));

  private ResolveFlags() {}
}
