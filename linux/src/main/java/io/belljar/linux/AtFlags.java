package io.belljar.linux;

/**
 * The flags of the *at() system calls ({@code linux/fcntl.h}); AT_EACCESS shares a bit with
 * AT_REMOVEDIR.
 */
public final class AtFlags {
  public static final int AT_FDCWD = -100;
  public static final int AT_SYMLINK_NOFOLLOW = 0x100;
  public static final int AT_REMOVEDIR = 0x200;
  public static final int AT_SYMLINK_FOLLOW = 0x400;
  public static final int AT_NO_AUTOMOUNT = 0x800;
  public static final int AT_EMPTY_PATH = 0x1000;
  public static final int AT_STATX_DONT_SYNC = 0x4000;
  public static final int AT_RECURSIVE = 0x8000;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.bit("AT_SYMLINK_NOFOLLOW", AT_SYMLINK_NOFOLLOW),
          FlagTable.bit("AT_REMOVEDIR", AT_REMOVEDIR),
          FlagTable.bit("AT_SYMLINK_FOLLOW", AT_SYMLINK_FOLLOW),
          FlagTable.bit("AT_NO_AUTOMOUNT", AT_NO_AUTOMOUNT),
          FlagTable.bit("AT_EMPTY_PATH", AT_EMPTY_PATH),
          FlagTable.bit("AT_RECURSIVE", AT_RECURSIVE));

  private AtFlags() {}
}
