package io.belljar.linux;

/**
 * The flags of open(2) ({@code asm/fcntl.h}).
 *
 * <p>O_DIRECT, O_DIRECTORY and O_NOFOLLOW have other values on aarch64 than on x86-64.
 */
public final class OpenFlags {
  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 01;
  public static final int O_RDWR = 02;
  public static final int O_ACCMODE = 03;
  public static final int O_CREAT = 0100;
  public static final int O_EXCL = 0200;
  public static final int O_NOCTTY = 0400;
  public static final int O_TRUNC = 01000;
  public static final int O_APPEND = 02000;
  public static final int O_NONBLOCK = 04000;
  public static final int O_DSYNC = 010000;
  public static final int O_ASYNC = 020000;
  public static final int O_DIRECT = Machine.current().choose(040000, 0200000);
  public static final int O_DIRECTORY = Machine.current().choose(0200000, 040000);
  public static final int O_NOFOLLOW = Machine.current().choose(0400000, 0100000);
  public static final int O_NOATIME = 01000000;
  public static final int O_CLOEXEC = 02000000;
  public static final int O_SYNC = 04010000;
  public static final int O_PATH = 010000000;
  public static final int O_TMPFILE = 020000000 | O_DIRECTORY;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.bit("O_PATH", O_PATH),
          FlagTable.field("O_RDONLY", O_ACCMODE | O_PATH, O_RDONLY),
          FlagTable.field("O_WRONLY", O_ACCMODE, O_WRONLY),
          FlagTable.field("O_RDWR", O_ACCMODE, O_RDWR),
          FlagTable.bit("O_CREAT", O_CREAT),
          FlagTable.bit("O_EXCL", O_EXCL),
          FlagTable.bit("O_NOCTTY", O_NOCTTY),
          FlagTable.bit("O_TRUNC", O_TRUNC),
          FlagTable.bit("O_APPEND", O_APPEND),
          FlagTable.bit("O_NONBLOCK", O_NONBLOCK),
          FlagTable.bit("O_SYNC", O_SYNC),
          FlagTable.bit("O_DSYNC", O_DSYNC),
          FlagTable.bit("O_ASYNC", O_ASYNC),
          FlagTable.bit("O_DIRECT", O_DIRECT),
          FlagTable.bit("O_TMPFILE", O_TMPFILE),
          FlagTable.bit("O_DIRECTORY", O_DIRECTORY),
          FlagTable.bit("O_NOFOLLOW", O_NOFOLLOW),
          FlagTable.bit("O_NOATIME", O_NOATIME),
          FlagTable.bit("O_CLOEXEC", O_CLOEXEC));

  private OpenFlags() {}
}
