package io.belljar.linux.mount;

import io.belljar.linux.FlagTable;

/**
 * The attributes of one mount, for mount_setattr(2) and fsmount(2) ({@code linux/mount.h}).
 *
 * <p>The access-time attributes are values of one field, MOUNT_ATTR__ATIME; MOUNT_ATTR_RELATIME is
 * its zero. Whoever changes one has to clear the whole field (EINVAL otherwise).
 */
public final class MountAttributes {
  public static final long MOUNT_ATTR_RDONLY = 0x00000001;
  public static final long MOUNT_ATTR_NOSUID = 0x00000002;
  public static final long MOUNT_ATTR_NODEV = 0x00000004;
  public static final long MOUNT_ATTR_NOEXEC = 0x00000008;
  public static final long MOUNT_ATTR__ATIME = 0x00000070;
  public static final long MOUNT_ATTR_RELATIME = 0;
  public static final long MOUNT_ATTR_NOATIME = 0x00000010;
  public static final long MOUNT_ATTR_STRICTATIME = 0x00000020;
  public static final long MOUNT_ATTR_NODIRATIME = 0x00000080;
  public static final long MOUNT_ATTR_IDMAP = 0x00100000;
  public static final long MOUNT_ATTR_NOSYMFOLLOW = 0x00200000;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.bit("MOUNT_ATTR_RDONLY", MOUNT_ATTR_RDONLY),
          FlagTable.bit("MOUNT_ATTR_NOSUID", MOUNT_ATTR_NOSUID),
          FlagTable.bit("MOUNT_ATTR_NODEV", MOUNT_ATTR_NODEV),
          FlagTable.bit("MOUNT_ATTR_NOEXEC", MOUNT_ATTR_NOEXEC),
          FlagTable.bit("MOUNT_ATTR__ATIME", MOUNT_ATTR__ATIME),
          FlagTable.bit("MOUNT_ATTR_NOATIME", MOUNT_ATTR_NOATIME),
          FlagTable.bit("MOUNT_ATTR_STRICTATIME", MOUNT_ATTR_STRICTATIME),
          FlagTable.bit("MOUNT_ATTR_NODIRATIME", MOUNT_ATTR_NODIRATIME),
          FlagTable.bit("MOUNT_ATTR_IDMAP", MOUNT_ATTR_IDMAP),
          FlagTable.bit("MOUNT_ATTR_NOSYMFOLLOW", MOUNT_ATTR_NOSYMFOLLOW));

  private MountAttributes() {}
}
