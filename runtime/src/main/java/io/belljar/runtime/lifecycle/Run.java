package io.belljar.runtime.lifecycle;

import io.belljar.plan.Plan;
import io.belljar.runtime.container.StartMode;

/** {@code run}: a container whose process starts at once. */
public final class Run {
  private Run() {}

  /** The plan, without storing or doing anything. */
  public static Plan plan(Invocation invocation, NewContainer container) {
    requireMode(container);
    return Creation.plan(invocation, container);
  }

  /**
   * Makes the container and starts its process. When it returns, the launcher goes its own way: it
   * exits with 0, or waits and exits as the process does.
   *
   * @throws io.belljar.spec.json.InvalidDocumentException when the configuration does not hold
   * @throws io.belljar.runtime.InvalidRequestException when it cannot be carried out here
   * @throws LifecycleException when there is one of this name
   * @throws PlanFailedException when a step failed; nothing is left
   */
  public static void run(Invocation invocation, NewContainer container) {
    requireMode(container);
    Creation.carryOut(invocation, container);
  }

  private static void requireMode(NewContainer container) {
    if (container.mode() == StartMode.CREATE) {
      throw new IllegalArgumentException("run does not wait for start");
    }
  }
}
