package io.belljar.linux;

/**
 * The domains that OCI documents name and the flags of personality(2) ({@code
 * linux/personality.h}).
 */
public final class PersonalityFlags {
  public static final int PER_LINUX = 0;
  public static final int PER_LINUX32 = 0x0008;
  public static final int UNAME26 = 0x0020000;
  public static final int ADDR_NO_RANDOMIZE = 0x0040000;
  public static final int FDPIC_FUNCPTRS = 0x0080000;
  public static final int MMAP_PAGE_ZERO = 0x0100000;
  public static final int ADDR_COMPAT_LAYOUT = 0x0200000;
  public static final int READ_IMPLIES_EXEC = 0x0400000;
  public static final int ADDR_LIMIT_32BIT = 0x0800000;
  public static final int SHORT_INODE = 0x1000000;
  public static final int WHOLE_SECONDS = 0x2000000;
  public static final int STICKY_TIMEOUTS = 0x4000000;
  public static final int ADDR_LIMIT_3GB = 0x8000000;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.bit("PER_LINUX32", PER_LINUX32),
          FlagTable.bit("UNAME26", UNAME26),
          FlagTable.bit("ADDR_NO_RANDOMIZE", ADDR_NO_RANDOMIZE),
          FlagTable.bit("FDPIC_FUNCPTRS", FDPIC_FUNCPTRS),
          FlagTable.bit("MMAP_PAGE_ZERO", MMAP_PAGE_ZERO),
          FlagTable.bit("ADDR_COMPAT_LAYOUT", ADDR_COMPAT_LAYOUT),
          FlagTable.bit("READ_IMPLIES_EXEC", READ_IMPLIES_EXEC),
          FlagTable.bit("ADDR_LIMIT_32BIT", ADDR_LIMIT_32BIT),
          FlagTable.bit("SHORT_INODE", SHORT_INODE),
          FlagTable.bit("WHOLE_SECONDS", WHOLE_SECONDS),
          FlagTable.bit("STICKY_TIMEOUTS", STICKY_TIMEOUTS),
          FlagTable.bit("ADDR_LIMIT_3GB", ADDR_LIMIT_3GB));

  private PersonalityFlags() {}
}
