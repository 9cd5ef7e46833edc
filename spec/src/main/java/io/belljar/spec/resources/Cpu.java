package io.belljar.spec.resources;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code linux.resources.cpu}. Times are microseconds.
 *
 * @param shares the weight against other cgroups (v1's scale, 2 to 262144); unsigned
 * @param quota time in each period; 0 or less is unlimited
 * @param burst time that may be saved up beyond the quota; unsigned
 * @param period the period; unsigned
 * @param realtimeRuntime time of real-time tasks in each of their periods (v1)
 * @param realtimePeriod the period of real-time tasks (v1); unsigned
 * @param cpus the CPUs, as {@code 0-3,7}
 * @param mems the memory nodes, likewise
 * @param idle 1 for SCHED_IDLE, 0 for the default
 */
public record Cpu(
    OptionalLong shares,
    OptionalLong quota,
    OptionalLong burst,
    OptionalLong period,
    OptionalLong realtimeRuntime,
    OptionalLong realtimePeriod,
    Optional<String> cpus,
    Optional<String> mems,
    OptionalLong idle) {
  /** No limit. */
  public static final Cpu NONE = builder().build();

  /** Without limits. */
  public static Builder builder() {
    return new Builder(Optional.empty());
  }

  /** From this one, to change single limits. */
  public Builder toBuilder() {
    return new Builder(Optional.of(this));
  }

  /** Makes CPU limits. */
  public static final class Builder {
    private OptionalLong shares = OptionalLong.empty();
    private OptionalLong quota = OptionalLong.empty();
    private OptionalLong burst = OptionalLong.empty();
    private OptionalLong period = OptionalLong.empty();
    private OptionalLong realtimeRuntime = OptionalLong.empty();
    private OptionalLong realtimePeriod = OptionalLong.empty();
    private Optional<String> cpus = Optional.empty();
    private Optional<String> mems = Optional.empty();
    private OptionalLong idle = OptionalLong.empty();

    private Builder(Optional<Cpu> from) {
      from.ifPresent(cpu -> {
        shares = cpu.shares;
        quota = cpu.quota;
        burst = cpu.burst;
        period = cpu.period;
        realtimeRuntime = cpu.realtimeRuntime;
        realtimePeriod = cpu.realtimePeriod;
        cpus = cpu.cpus;
        mems = cpu.mems;
        idle = cpu.idle;
      });
    }

    public Builder shares(OptionalLong weight) {
      this.shares = weight;
      return this;
    }

    public Builder quota(OptionalLong microseconds) {
      this.quota = microseconds;
      return this;
    }

    public Builder burst(OptionalLong microseconds) {
      this.burst = microseconds;
      return this;
    }

    public Builder period(OptionalLong microseconds) {
      this.period = microseconds;
      return this;
    }

    public Builder realtimeRuntime(OptionalLong microseconds) {
      this.realtimeRuntime = microseconds;
      return this;
    }

    public Builder realtimePeriod(OptionalLong microseconds) {
      this.realtimePeriod = microseconds;
      return this;
    }

    public Builder cpus(Optional<String> list) {
      this.cpus = list;
      return this;
    }

    public Builder mems(Optional<String> list) {
      this.mems = list;
      return this;
    }

    public Builder idle(OptionalLong flag) {
      this.idle = flag;
      return this;
    }

    public Cpu build() {
      return new Cpu(
          shares, quota, burst, period, realtimeRuntime, realtimePeriod, cpus, mems, idle);
    }
  }
}
