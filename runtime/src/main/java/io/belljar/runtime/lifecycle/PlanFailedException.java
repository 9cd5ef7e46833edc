package io.belljar.runtime.lifecycle;

import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.PlannedStep;
import io.belljar.plan.StepFailure;
import io.belljar.plan.step.ProcessStep;

/**
 * A step of a plan failed, and what the plan had done is undone. The message names the step, the
 * system call and the error; for a hook also which one of the configuration.
 */
public final class PlanFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String CONFIG = "config: ";

  private final transient Plan plan;
  private final transient Outcome outcome;

  PlanFailedException(Plan plan, Outcome outcome) {
    super(hook(plan, outcome) + StepFailure.describe(plan, outcome));
    this.plan = plan;
    this.outcome = outcome;
  }

  /** Several hooks may run the same program: the step's reason tells which it was. */
  private static String hook(Plan plan, Outcome outcome) {
    PlannedStep failed = plan.steps().get(outcome.step());
    return failed.step() instanceof ProcessStep.Run && failed.why().startsWith(CONFIG)
        ? failed.why().substring(CONFIG.length()) + ": "
        : "";
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
