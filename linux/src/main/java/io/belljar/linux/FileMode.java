package io.belljar.linux;

/** The kinds of files and the special bits of a mode (inode(7), {@code linux/stat.h}). */
public final class FileMode {
  public static final int S_IFMT = 0170000;
  public static final int S_IFSOCK = 0140000;
  public static final int S_IFLNK = 0120000;
  public static final int S_IFREG = 0100000;
  public static final int S_IFBLK = 0060000;
  public static final int S_IFDIR = 0040000;
  public static final int S_IFCHR = 0020000;
  public static final int S_IFIFO = 0010000;
  public static final int S_ISUID = 04000;
  public static final int S_ISGID = 02000;
  public static final int S_ISVTX = 01000;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.field("S_IFSOCK", S_IFMT, S_IFSOCK),
          FlagTable.field("S_IFLNK", S_IFMT, S_IFLNK),
          FlagTable.field("S_IFREG", S_IFMT, S_IFREG),
          FlagTable.field("S_IFBLK", S_IFMT, S_IFBLK),
          FlagTable.field("S_IFDIR", S_IFMT, S_IFDIR),
          FlagTable.field("S_IFCHR", S_IFMT, S_IFCHR),
          FlagTable.field("S_IFIFO", S_IFMT, S_IFIFO),
          FlagTable.bit("S_ISUID", S_ISUID),
          FlagTable.bit("S_ISGID", S_ISGID),
          FlagTable.bit("S_ISVTX", S_ISVTX));

  private FileMode() {}
}
