package io.belljar.linux.mount;

import io.belljar.linux.AtFlags;
import io.belljar.linux.FlagTable;
import io.belljar.linux.OpenFlags;

/** The flags of open_tree(2) ({@code linux/mount.h}); AT_* flags may be or-ed to them. */
public final class OpenTreeFlags {
  public static final int OPEN_TREE_CLONE = 1;
  public static final int OPEN_TREE_CLOEXEC = OpenFlags.O_CLOEXEC;
  public static final int AT_SYMLINK_NOFOLLOW = AtFlags.AT_SYMLINK_NOFOLLOW;
  public static final int AT_NO_AUTOMOUNT = AtFlags.AT_NO_AUTOMOUNT;
  public static final int AT_EMPTY_PATH = AtFlags.AT_EMPTY_PATH;
  public static final int AT_RECURSIVE = AtFlags.AT_RECURSIVE;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.bit("OPEN_TREE_CLONE", OPEN_TREE_CLONE),
          FlagTable.bit("OPEN_TREE_CLOEXEC", OPEN_TREE_CLOEXEC),
          FlagTable.bit("AT_SYMLINK_NOFOLLOW", AT_SYMLINK_NOFOLLOW),
          FlagTable.bit("AT_NO_AUTOMOUNT", AT_NO_AUTOMOUNT),
          FlagTable.bit("AT_EMPTY_PATH", AT_EMPTY_PATH),
          FlagTable.bit("AT_RECURSIVE", AT_RECURSIVE));

  private OpenTreeFlags() {}
}
