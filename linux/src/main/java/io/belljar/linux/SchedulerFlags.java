package io.belljar.linux;

/**
 * The flags of sched_setattr(2) ({@code linux/sched.h}), named in OCI documents without change:
 * {@code process.scheduler.flags}.
 */
public final class SchedulerFlags {
  public static final int SCHED_FLAG_RESET_ON_FORK = 0x01;
  public static final int SCHED_FLAG_RECLAIM = 0x02;
  public static final int SCHED_FLAG_DL_OVERRUN = 0x04;
  public static final int SCHED_FLAG_KEEP_POLICY = 0x08;
  public static final int SCHED_FLAG_KEEP_PARAMS = 0x10;
  public static final int SCHED_FLAG_UTIL_CLAMP_MIN = 0x20;
  public static final int SCHED_FLAG_UTIL_CLAMP_MAX = 0x40;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.bit("SCHED_FLAG_RESET_ON_FORK", SCHED_FLAG_RESET_ON_FORK),
          FlagTable.bit("SCHED_FLAG_RECLAIM", SCHED_FLAG_RECLAIM),
          FlagTable.bit("SCHED_FLAG_DL_OVERRUN", SCHED_FLAG_DL_OVERRUN),
          FlagTable.bit("SCHED_FLAG_KEEP_POLICY", SCHED_FLAG_KEEP_POLICY),
          FlagTable.bit("SCHED_FLAG_KEEP_PARAMS", SCHED_FLAG_KEEP_PARAMS),
          FlagTable.bit("SCHED_FLAG_UTIL_CLAMP_MIN", SCHED_FLAG_UTIL_CLAMP_MIN),
          FlagTable.bit("SCHED_FLAG_UTIL_CLAMP_MAX", SCHED_FLAG_UTIL_CLAMP_MAX));

  private SchedulerFlags() {}
}
