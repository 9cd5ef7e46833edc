package io.belljar.linux.seccomp;

import io.belljar.linux.FlagTable;

/** The flags of seccomp(2) SECCOMP_SET_MODE_FILTER ({@code linux/seccomp.h}). */
public final class SeccompFlags {
  public static final long SECCOMP_FILTER_FLAG_TSYNC = 1L;
  public static final long SECCOMP_FILTER_FLAG_LOG = 1L << 1;
  public static final long SECCOMP_FILTER_FLAG_SPEC_ALLOW = 1L << 2;
  public static final long SECCOMP_FILTER_FLAG_NEW_LISTENER = 1L << 3;
  public static final long SECCOMP_FILTER_FLAG_TSYNC_ESRCH = 1L << 4;
  public static final long SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV = 1L << 5;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.bit("SECCOMP_FILTER_FLAG_TSYNC", SECCOMP_FILTER_FLAG_TSYNC),
          FlagTable.bit("SECCOMP_FILTER_FLAG_LOG", SECCOMP_FILTER_FLAG_LOG),
          FlagTable.bit("SECCOMP_FILTER_FLAG_SPEC_ALLOW", SECCOMP_FILTER_FLAG_SPEC_ALLOW),
          FlagTable.bit("SECCOMP_FILTER_FLAG_NEW_LISTENER", SECCOMP_FILTER_FLAG_NEW_LISTENER),
          FlagTable.bit("SECCOMP_FILTER_FLAG_TSYNC_ESRCH", SECCOMP_FILTER_FLAG_TSYNC_ESRCH),
          FlagTable.bit(
              "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV", SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV));

  private SeccompFlags() {}
}
