package io.belljar.linux;

import java.util.Optional;

/** The policies of sched_setattr(2) ({@code linux/sched.h}), as OCI documents name them. */
public enum SchedulingPolicy {
  SCHED_OTHER(0),
  SCHED_FIFO(1),
  SCHED_RR(2),
  SCHED_BATCH(3),
  SCHED_ISO(4),
  SCHED_IDLE(5),
  SCHED_DEADLINE(6);

  private final int number;

  SchedulingPolicy(int number) {
    this.number = number;
  }

  /** The number, as {@code struct sched_attr.sched_policy} takes it. */
  public int number() {
    return number;
  }

  /** The policy of exactly this name. */
  public static Optional<SchedulingPolicy> ofName(String name) {
    for (SchedulingPolicy policy : values()) {
      if (policy.name().equals(name)) {
        return Optional.of(policy);
      }
    }
    return Optional.empty();
  }

  /** The policy of this number. */
  public static Optional<SchedulingPolicy> of(int number) {
    for (SchedulingPolicy policy : values()) {
      if (policy.number == number) {
        return Optional.of(policy);
      }
    }
    return Optional.empty();
  }
}
