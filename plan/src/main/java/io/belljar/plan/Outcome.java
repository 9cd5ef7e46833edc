package io.belljar.plan;

/**
 * What the launcher reports of a plan.
 *
 * @param step the index of the step that failed; -1 for success
 * @param stage the index of the failed call in the step's calls
 * @param errno the kernel's error number; 0 for success
 * @param data what the step gave or said: the content of a file read, the kernel's message of a
 *     refused mount, the status of a hook
 */
public record Outcome(int step, int stage, int errno, Bytes data) {
  /** Nothing failed, and nothing is to be told. */
  public static final Outcome SUCCESS = new Outcome(-1, 0, 0, Bytes.EMPTY);

  /** As the launcher's frame holds it. */
  public Outcome(int step, int stage, int errno, byte[] data) {
    this(step, stage, errno, Bytes.of(data));
  }

  /**
   * How long the steps of a timed plan took, where it succeeded.
   *
   * @throws IllegalStateException when the plan failed or was not timed
   */
  public StepTimes times() {
    return StepTimes.of(this);
  }

  /** Whether every step succeeded. */
  public boolean succeeded() {
    return step < 0;
  }
}
