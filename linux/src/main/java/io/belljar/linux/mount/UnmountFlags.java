package io.belljar.linux.mount;

import io.belljar.linux.FlagTable;

/** The flags of umount2(2) ({@code sys/mount.h}). */
public final class UnmountFlags {
  public static final int MNT_FORCE = 1;
  public static final int MNT_DETACH = 2;
  public static final int MNT_EXPIRE = 4;
  public static final int UMOUNT_NOFOLLOW = 8;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.bit("MNT_FORCE", MNT_FORCE),
          FlagTable.bit("MNT_DETACH", MNT_DETACH),
          FlagTable.bit("MNT_EXPIRE", MNT_EXPIRE),
          FlagTable.bit("UMOUNT_NOFOLLOW", UMOUNT_NOFOLLOW));

  private UnmountFlags() {}
}
