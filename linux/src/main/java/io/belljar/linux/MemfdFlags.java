package io.belljar.linux;

/** The flags of memfd_create(2) ({@code linux/memfd.h}). */
public final class MemfdFlags {
  public static final int MFD_CLOEXEC = 1;
  public static final int MFD_ALLOW_SEALING = 2;
  public static final int MFD_HUGETLB = 4;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.bit("MFD_CLOEXEC", MFD_CLOEXEC),
          FlagTable.bit("MFD_ALLOW_SEALING", MFD_ALLOW_SEALING),
          FlagTable.bit("MFD_HUGETLB", MFD_HUGETLB));

  private MemfdFlags() {}
}
