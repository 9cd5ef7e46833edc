package io.belljar.linux.mount;

import io.belljar.linux.FlagTable;

/** The flags of move_mount(2) ({@code linux/mount.h}). */
public final class MoveMountFlags {
  public static final int MOVE_MOUNT_F_SYMLINKS = 0x00000001;
  public static final int MOVE_MOUNT_F_AUTOMOUNTS = 0x00000002;
  public static final int MOVE_MOUNT_F_EMPTY_PATH = 0x00000004;
  public static final int MOVE_MOUNT_T_SYMLINKS = 0x00000010;
  public static final int MOVE_MOUNT_T_AUTOMOUNTS = 0x00000020;
  public static final int MOVE_MOUNT_T_EMPTY_PATH = 0x00000040;
  public static final int MOVE_MOUNT_SET_GROUP = 0x00000100;
  public static final int MOVE_MOUNT_BENEATH = 0x00000200;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.bit("MOVE_MOUNT_F_SYMLINKS", MOVE_MOUNT_F_SYMLINKS),
          FlagTable.bit("MOVE_MOUNT_F_AUTOMOUNTS", MOVE_MOUNT_F_AUTOMOUNTS),
          FlagTable.bit("MOVE_MOUNT_F_EMPTY_PATH", MOVE_MOUNT_F_EMPTY_PATH),
          FlagTable.bit("MOVE_MOUNT_T_SYMLINKS", MOVE_MOUNT_T_SYMLINKS),
          FlagTable.bit("MOVE_MOUNT_T_AUTOMOUNTS", MOVE_MOUNT_T_AUTOMOUNTS),
          FlagTable.bit("MOVE_MOUNT_T_EMPTY_PATH", MOVE_MOUNT_T_EMPTY_PATH),
          FlagTable.bit("MOVE_MOUNT_SET_GROUP", MOVE_MOUNT_SET_GROUP),
          FlagTable.bit("MOVE_MOUNT_BENEATH", MOVE_MOUNT_BENEATH));

  private MoveMountFlags() {}
}
