package io.belljar.linux.proc;

import java.util.Optional;

/**
 * A process, safe against reuse of its number: the kernel gives a pid again, but not together with
 * the same start time.
 *
 * @param pid its number in the reader's pid namespace, from 1
 * @param startTime field 22 of /proc/PID/stat: clock ticks since boot
 */
public record ProcessIdentity(int pid, long startTime) {
  /** Checks the numbers. */
  public ProcessIdentity {
    if (pid < 1 || startTime < 0) {
      throw new IllegalArgumentException("no process: pid " + pid + ", start time " + startTime);
    }
  }

  /** Whether this very process still runs, asked of /proc; a zombie does not. */
  public boolean isAlive() {
    return ProcFs.host().isAlive(this);
  }

  /** The form that {@link #toString} writes, {@code PID STARTTIME}; empty for anything else. */
  public static Optional<ProcessIdentity> parse(String text) {
    String[] fields = text.strip().split(" ");
    if (fields.length != 2) {
      return Optional.empty();
    }
    Optional<Integer> pid = Numbers.parseInt(fields[0]).filter(n -> n > 0);
    Optional<Long> start = Numbers.parseLong(fields[1]);
    return pid.flatMap(p -> start.map(s -> new ProcessIdentity(p, s)));
  }

  /** {@code PID STARTTIME}, in decimal. */
  @Override
  public String toString() {
    return pid + " " + startTime;
  }
}
