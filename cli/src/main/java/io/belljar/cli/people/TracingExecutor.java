package io.belljar.cli.people;

import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.PlannedStep;
import io.belljar.plan.StepTimes;
import io.belljar.plan.Trace;
import io.belljar.plan.step.ProcessStep;
import io.belljar.planner.Caller;
import io.belljar.runtime.lifecycle.Executor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Has the last plan timed. It is the last no more then: the launcher comes back with the times, and
 * what comes after the container's end is asked for here, not by a step of the plan.
 */
final class TracingExecutor implements Executor {
  private final Caller caller;
  private final long begin = System.nanoTime();
  private long planned;
  private Optional<Traced> traced = Optional.empty();

  private record Traced(Plan plan, StepTimes times) {}

  TracingExecutor(Caller caller) {
    this.caller = caller;
  }

  @Override
  public void seal() {
    caller.seal();
  }

  @Override
  public Outcome run(Plan plan) {
    return caller.run(plan);
  }

  @Override
  public Outcome runLast(Plan plan) {
    List<PlannedStep> steps =
        plan.steps().stream().filter(step -> !(step.step() instanceof ProcessStep.Finish)).toList();
    Plan timed = new Plan(steps, plan.sealed(), false, true);
    planned = System.nanoTime();
    Outcome outcome = caller.run(timed);
    if (outcome.succeeded()) {
      traced = Optional.of(new Traced(timed, outcome.times()));
    }
    return outcome;
  }

  /** The container's exit code. */
  int exitCode() {
    return traced.orElseThrow().times().exitCode();
  }

  /** Everything that was done, and how long it took. */
  String report() {
    Traced done = traced.orElseThrow();
    return Trace.text(done.plan(), done.times())
        + String.format(
            Locale.ROOT,
            "planner: %,d us from the request to the plan's last byte%n",
            Math.round((planned - begin) / 1000.0));
  }
}
