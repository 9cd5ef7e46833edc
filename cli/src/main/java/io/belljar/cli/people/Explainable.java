package io.belljar.cli.people;

import io.belljar.plan.Plan;

/** A command that carries out one plan, and so can be explained. */
public interface Explainable {
  /** What it would do. Nothing is changed. */
  Preview preview(PeopleContext context);

  /**
   * What a command would do.
   *
   * @param introduction what is done before the plan, in a line; empty: nothing
   * @param plan what the launcher would do
   */
  record Preview(String introduction, Plan plan) {}
}
