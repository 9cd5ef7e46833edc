package io.belljar.runtime.cgroup;

import static io.belljar.runtime.cgroup.ControllerLimits.isSet;
import static io.belljar.runtime.cgroup.ControllerLimits.onlyV1;
import static io.belljar.runtime.cgroup.ControllerLimits.requireRange;

import io.belljar.spec.resources.Cpu;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code linux.resources.cpu} but for the cpuset (scheduler/sched-bwc.rst; cgroup-v2.rst, "CPU
 * Interface Files"). Times are microseconds.
 */
record CpuLimits(Cpu cpu) implements ControllerLimits {
  private static final String PATH = "linux.resources.cpu";

  // kernel/sched: MIN_SHARES, MAX_SHARES, min_cfs_quota_period, max_cfs_quota_period.
  private static final long LEAST_SHARES = 2;
  private static final long MOST_SHARES = 262_144;
  private static final long LEAST_TIME = 1_000;
  private static final long MOST_PERIOD = 1_000_000;
  private static final long USUAL_PERIOD = 100_000;

  @Override
  public Controller controller() {
    return Controller.CPU;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public boolean isEmpty() {
    return !isSet(cpu.shares())
        && !isSet(cpu.quota())
        && !isSet(cpu.period())
        && !isSet(cpu.burst())
        && !isSet(cpu.realtimeRuntime())
        && !isSet(cpu.realtimePeriod())
        && cpu.idle().isEmpty();
  }

  private void check() {
    if (isSet(cpu.shares())) {
      requireRange(PATH + ".shares", cpu.shares().getAsLong(), LEAST_SHARES, MOST_SHARES, "");
    }
    if (isSet(cpu.period())) {
      requireRange(PATH + ".period", cpu.period().getAsLong(), LEAST_TIME, MOST_PERIOD, " µs");
    }
    if (cpu.quota().orElse(0) > 0) {
      requireRange(
          PATH + ".quota", cpu.quota().getAsLong(), LEAST_TIME, Long.MAX_VALUE / 1000, " µs");
    }
    if (isSet(cpu.burst())) {
      requireRange(
          PATH + ".burst",
          cpu.burst().getAsLong(),
          0,
          Math.max(0, cpu.quota().orElse(0)),
          " µs, the quota");
    }
    if (cpu.idle().isPresent()) {
      requireRange(PATH + ".idle", cpu.idle().getAsLong(), 0, 1, "");
    }
  }

  @Override
  public List<GroupWrite> v1(Hierarchy hierarchy) {
    check();
    List<GroupWrite> writes = new ArrayList<>();
    // A group of SCHED_IDLE refuses shares, so they go first. The real-time period goes before its
    // runtime, which must fit into it, and likewise period, quota and burst.
    cpu.shares().ifPresent(v -> add(writes, v, GroupWrite.of("cpu.shares", v, PATH + ".shares")));
    cpu.idle().ifPresent(v -> writes.add(GroupWrite.of("cpu.idle", v, PATH + ".idle")));
    quotaAndPeriod(hierarchy, writes);
    cpu.burst()
        .ifPresent(v -> add(writes, v, GroupWrite.of("cpu.cfs_burst_us", v, PATH + ".burst")));
    cpu.realtimePeriod()
        .ifPresent(
            v -> add(writes, v, GroupWrite.of("cpu.rt_period_us", v, PATH + ".realtimePeriod")));
    cpu.realtimeRuntime()
        .ifPresent(
            v -> add(writes, v, GroupWrite.of("cpu.rt_runtime_us", v, PATH + ".realtimeRuntime")));
    return writes;
  }

  /**
   * The kernel refuses a moment in which the group would have a larger share of the time than its
   * parent: in a group that is there, a quota that becomes smaller goes first.
   */
  private void quotaAndPeriod(Hierarchy hierarchy, List<GroupWrite> writes) {
    List<GroupWrite> both = new ArrayList<>();
    cpu.period()
        .ifPresent(v -> add(both, v, GroupWrite.of("cpu.cfs_period_us", v, PATH + ".period")));
    cpu.quota().ifPresent(v -> add(both, v, GroupWrite.of("cpu.cfs_quota_us", v, PATH + ".quota")));
    long quota = cpu.quota().orElse(0);
    boolean smaller =
        hierarchy
            .present("cpu.cfs_quota_us")
            .map(Long::parseLong)
            .filter(present -> quota > 0 && (present < 0 || quota < present))
            .isPresent();
    writes.addAll(smaller ? both.reversed() : both);
  }

  private static void add(List<GroupWrite> writes, long value, GroupWrite write) {
    if (value != 0) {
      writes.add(write);
    }
  }

  @Override
  public List<GroupWrite> v2(Hierarchy hierarchy) {
    check();
    if (isSet(cpu.realtimeRuntime())) {
      throw onlyV1(PATH + ".realtimeRuntime");
    }
    if (isSet(cpu.realtimePeriod())) {
      throw onlyV1(PATH + ".realtimePeriod");
    }
    List<GroupWrite> writes = new ArrayList<>();
    if (isSet(cpu.shares())) {
      long weight = weight(cpu.shares().getAsLong());
      writes.add(GroupWrite.of("cpu.weight", weight, PATH + ".shares"));
    }
    cpu.idle().ifPresent(v -> writes.add(GroupWrite.of("cpu.idle", v, PATH + ".idle")));
    if (isSet(cpu.quota()) || isSet(cpu.period())) {
      long quota = cpu.quota().orElse(0);
      long period = isSet(cpu.period()) ? cpu.period().getAsLong() : USUAL_PERIOD;
      writes.add(
          GroupWrite.of(
              "cpu.max",
              (quota > 0 ? Long.toString(quota) : "max") + " " + period,
              PATH + (isSet(cpu.quota()) ? ".quota" : ".period")));
    }
    if (isSet(cpu.burst())) {
      writes.add(GroupWrite.of("cpu.max.burst", cpu.burst().getAsLong(), PATH + ".burst"));
    }
    return writes;
  }

  /**
   * Shares from 2 to 262144 as a weight from 1 to 10000, on a straight line, as the specification's
   * runtimes and systemd's users have agreed on.
   */
  static long weight(long shares) {
    return 1 + (shares - LEAST_SHARES) * 9_999 / (MOST_SHARES - LEAST_SHARES);
  }
}
