package io.belljar.spec.process;

import io.belljar.spec.json.Vocabulary;
import io.belljar.spec.order.Ordered;
import java.util.Set;

/**
 * {@code process.scheduler} (sched_setattr(2)).
 *
 * @param policy the policy
 * @param nice −20 to 19, for the ordinary policies
 * @param priority the static priority of SCHED_FIFO and SCHED_RR
 * @param flags of sched_setattr(2)
 * @param runtime SCHED_DEADLINE: nanoseconds in each period; unsigned
 * @param deadline SCHED_DEADLINE: nanoseconds until it must be done; unsigned
 * @param period SCHED_DEADLINE: nanoseconds; unsigned
 */
public record Scheduler(
    Policy policy,
    int nice,
    int priority,
    Set<Flag> flags,
    long runtime,
    long deadline,
    long period) {
  public Scheduler {
    flags = Ordered.copy(flags);
  }

  /** Scheduling policies (sched(7)). */
  public enum Policy implements Vocabulary.Word {
    SCHED_OTHER,
    SCHED_FIFO,
    SCHED_RR,
    SCHED_BATCH,
    SCHED_ISO,
    SCHED_IDLE,
    SCHED_DEADLINE;

    /** The names. */
    public static final Vocabulary<Policy> VOCABULARY =
        new Vocabulary<>(Policy.class, "a scheduling policy");
  }

  /** Flags of sched_setattr(2). */
  public enum Flag implements Vocabulary.Word {
    SCHED_FLAG_RESET_ON_FORK,
    SCHED_FLAG_RECLAIM,
    SCHED_FLAG_DL_OVERRUN,
    SCHED_FLAG_KEEP_POLICY,
    SCHED_FLAG_KEEP_PARAMS,
    SCHED_FLAG_UTIL_CLAMP_MIN,
    SCHED_FLAG_UTIL_CLAMP_MAX;

    /** The names. */
    public static final Vocabulary<Flag> VOCABULARY =
        new Vocabulary<>(Flag.class, "a scheduler flag");
  }
}
