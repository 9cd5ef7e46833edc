package io.belljar.runtime.lifecycle;

import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;

/**
 * The launcher of one request, which carries plans out. The methods throw an exception of the
 * implementation's when the launcher has died.
 */
public interface Executor {
  /**
   * Lets the launcher make the copy of itself that nobody can overwrite while its plan is still
   * being made: for operations that will come with a sealed plan. Without CAP_SYS_PTRACE nobody can
   * look at the launcher's namespaces, mounts and groups afterwards.
   */
  void seal();

  /** Carries out a plan, after which more can be asked for. */
  Outcome run(Plan plan);

  /** Carries out the plan after whose success the launcher goes its own way. */
  Outcome runLast(Plan plan);
}
