package io.belljar.runtime.lifecycle;

import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.StepFailure;

/**
 * A step of a plan failed, and what the plan had done is undone. The message names the step, the
 * system call and the error.
 */
public final class PlanFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Plan plan;
  private final transient Outcome outcome;

  PlanFailedException(Plan plan, Outcome outcome) {
    super(StepFailure.describe(plan, outcome));
    this.plan = plan;
    this.outcome = outcome;
  }

  /** The plan. */
  public Plan plan() {
    return plan;
  }

  /** Which step failed, and how. */
  public Outcome outcome() {
    return outcome;
  }
}
