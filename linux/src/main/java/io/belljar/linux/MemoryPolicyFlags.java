package io.belljar.linux;

/**
 * The modes and flags of set_mempolicy(2) ({@code linux/mempolicy.h}), named in OCI documents
 * without change: {@code linux.memoryPolicy}.
 */
public final class MemoryPolicyFlags {
  public static final int MPOL_DEFAULT = 0;
  public static final int MPOL_PREFERRED = 1;
  public static final int MPOL_BIND = 2;
  public static final int MPOL_INTERLEAVE = 3;
  public static final int MPOL_LOCAL = 4;
  public static final int MPOL_PREFERRED_MANY = 5;
  public static final int MPOL_WEIGHTED_INTERLEAVE = 6;
  public static final int MPOL_F_STATIC_NODES = 1 << 15;
  public static final int MPOL_F_RELATIVE_NODES = 1 << 14;
  public static final int MPOL_F_NUMA_BALANCING = 1 << 13;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.bit("MPOL_F_STATIC_NODES", MPOL_F_STATIC_NODES),
          FlagTable.bit("MPOL_F_RELATIVE_NODES", MPOL_F_RELATIVE_NODES),
          FlagTable.bit("MPOL_F_NUMA_BALANCING", MPOL_F_NUMA_BALANCING));

  private MemoryPolicyFlags() {}
}
