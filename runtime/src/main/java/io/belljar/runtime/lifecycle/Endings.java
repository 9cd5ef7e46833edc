package io.belljar.runtime.lifecycle;

import io.belljar.linux.Errno;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.Slot;
import io.belljar.plan.step.ProcessStep;

/** Waits for processes that are nobody's children here: a container's first one, its launcher. */
final class Endings {
  private Endings() {}

  /**
   * Waits until a process has ended.
   *
   * @param milliseconds how long at most; -1 for as long as it takes
   * @return whether it has ended
   */
  static boolean await(
      Invocation invocation, ProcessIdentity process, long milliseconds, String why) {
    Plan.Builder builder = Plan.builder();
    Slot slot = builder.slot("process");
    builder.add(new ProcessStep.OpenProcess(slot, process.pid(), process.startTime()), why);
    builder.add(new ProcessStep.AwaitExit(slot, milliseconds), why);
    Plan plan = builder.build();
    Outcome outcome = invocation.executor().run(plan);
    if (outcome.succeeded() || outcome.errno() == Errno.ESRCH.number()) {
      return true;
    }
    if (outcome.errno() == Errno.ETIMEDOUT.number()) {
      return false;
    }
    throw new PlanFailedException(plan, outcome);
  }
}
