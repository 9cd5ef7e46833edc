package io.belljar.planner;

import java.io.IOException;

/**
 * The launcher has ended or closed its connection: nothing can be asked of it any more, and nobody
 * is left to tell. What its last plan had not finished, it has undone, unless it was killed.
 */
public final class LauncherGone extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Phase phase;

  LauncherGone(Phase phase) {
    super("the launcher ended while the planner " + phase.activity);
    this.phase = phase;
  }

  LauncherGone(Phase phase, IOException cause) {
    super("the launcher ended while the planner " + phase.activity, cause);
    this.phase = phase;
  }

  /** What was under way. */
  public Phase phase() {
    return phase;
  }

  /** What a planner does with a launcher. */
  public enum Phase {
    /** The request was not complete. */
    REQUEST("waited for its request"),
    /** Text, a plan or an exit code was being sent. */
    ANSWER("sent its answer"),
    /** A plan was sent, and its outcome is not known. */
    PLAN("waited for the outcome of a plan"),
    /** The caller's input was asked for. */
    INPUT("waited for the caller's input");

    private final String activity;

    Phase(String activity) {
      this.activity = activity;
    }
  }
}
