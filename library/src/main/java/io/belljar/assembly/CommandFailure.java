package io.belljar.assembly;

import io.belljar.linux.Errno;
import io.belljar.plan.Outcome;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.Step;
import io.belljar.runtime.lifecycle.PlanFailedException;

/** Whether a plan failed for the sake of its command, as shells tell it. */
public enum CommandFailure {
  /** There is no such command: exit code 127. */
  NOT_FOUND,
  /** It cannot be executed: exit code 126. */
  NOT_EXECUTABLE,
  /** Something else failed. */
  NONE;

  /** What kind of failure it is. */
  public static CommandFailure of(PlanFailedException failure) {
    Outcome outcome = failure.outcome();
    Step step = failure.plan().steps().get(outcome.step()).step();
    boolean command =
        step instanceof IdentityStep.FindProgram || step instanceof IdentityStep.Execute;
    if (!command) {
      return NONE;
    }
    boolean missing =
        outcome.errno() == Errno.ENOENT.number() || outcome.errno() == Errno.ENOTDIR.number();
    return missing ? NOT_FOUND : NOT_EXECUTABLE;
  }
}
