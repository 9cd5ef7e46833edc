package io.belljar.runtime.lifecycle;

import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;

/**
 * The launcher of one request, which carries plans out. Both methods throw an exception of the
 * implementation's when the launcher has died.
 */
public interface Executor {
  /** Carries out a plan, after which more can be asked for. */
  Outcome run(Plan plan);

  /** Carries out the plan after whose success the launcher goes its own way. */
  Outcome runLast(Plan plan);
}
