package io.belljar.linux.mount;

import io.belljar.linux.FlagTable;

/** The flags of mount(2) ({@code linux/mount.h}). */
public final class MountFlags {
  public static final int MS_RDONLY = 1;
  public static final int MS_NOSUID = 2;
  public static final int MS_NODEV = 4;
  public static final int MS_NOEXEC = 8;
  public static final int MS_SYNCHRONOUS = 16;
  public static final int MS_REMOUNT = 32;
  public static final int MS_MANDLOCK = 64;
  public static final int MS_DIRSYNC = 128;
  public static final int MS_NOSYMFOLLOW = 256;
  public static final int MS_NOATIME = 1024;
  public static final int MS_NODIRATIME = 2048;
  public static final int MS_BIND = 4096;
  public static final int MS_MOVE = 8192;
  public static final int MS_REC = 16384;
  public static final int MS_SILENT = 32768;
  public static final int MS_POSIXACL = 1 << 16;
  public static final int MS_UNBINDABLE = 1 << 17;
  public static final int MS_PRIVATE = 1 << 18;
  public static final int MS_SLAVE = 1 << 19;
  public static final int MS_SHARED = 1 << 20;
  public static final int MS_RELATIME = 1 << 21;
  public static final int MS_I_VERSION = 1 << 23;
  public static final int MS_STRICTATIME = 1 << 24;
  public static final int MS_LAZYTIME = 1 << 25;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.bit("MS_RDONLY", MS_RDONLY),
          FlagTable.bit("MS_NOSUID", MS_NOSUID),
          FlagTable.bit("MS_NODEV", MS_NODEV),
          FlagTable.bit("MS_NOEXEC", MS_NOEXEC),
          FlagTable.bit("MS_SYNCHRONOUS", MS_SYNCHRONOUS),
          FlagTable.bit("MS_REMOUNT", MS_REMOUNT),
          FlagTable.bit("MS_MANDLOCK", MS_MANDLOCK),
          FlagTable.bit("MS_DIRSYNC", MS_DIRSYNC),
          FlagTable.bit("MS_NOSYMFOLLOW", MS_NOSYMFOLLOW),
          FlagTable.bit("MS_NOATIME", MS_NOATIME),
          FlagTable.bit("MS_NODIRATIME", MS_NODIRATIME),
          FlagTable.bit("MS_BIND", MS_BIND),
          FlagTable.bit("MS_MOVE", MS_MOVE),
          FlagTable.bit("MS_REC", MS_REC),
          FlagTable.bit("MS_SILENT", MS_SILENT),
          FlagTable.bit("MS_POSIXACL", MS_POSIXACL),
          FlagTable.bit("MS_UNBINDABLE", MS_UNBINDABLE),
          FlagTable.bit("MS_PRIVATE", MS_PRIVATE),
          FlagTable.bit("MS_SLAVE", MS_SLAVE),
          FlagTable.bit("MS_SHARED", MS_SHARED),
          FlagTable.bit("MS_RELATIME", MS_RELATIME),
          FlagTable.bit("MS_I_VERSION", MS_I_VERSION),
          FlagTable.bit("MS_STRICTATIME", MS_STRICTATIME),
          FlagTable.bit("MS_LAZYTIME", MS_LAZYTIME));

  private MountFlags() {}
}
