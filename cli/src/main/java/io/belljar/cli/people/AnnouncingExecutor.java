package io.belljar.cli.people;

import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.planner.Caller;
import io.belljar.runtime.lifecycle.Executor;
import io.belljar.runtime.lifecycle.Invocation;

/** Says something just before the last plan: afterwards the launcher listens no more. */
final class AnnouncingExecutor implements Executor {
  private final Caller caller;
  private String announcement = "";

  AnnouncingExecutor(Caller caller) {
    this.caller = caller;
  }

  /** The text for standard output. */
  void announce(String text) {
    announcement = text;
  }

  /** The invocation, with this executor. */
  Invocation in(Invocation invocation) {
    return new Invocation(
        invocation.observer(),
        invocation.facts(),
        invocation.filters(),
        this,
        invocation.launcher(),
        invocation.uid(),
        invocation.warnings());
  }

  @Override
  public Outcome run(Plan plan) {
    return caller.run(plan);
  }

  @Override
  public Outcome runLast(Plan plan) {
    caller.print(announcement);
    return caller.runLast(plan);
  }
}
