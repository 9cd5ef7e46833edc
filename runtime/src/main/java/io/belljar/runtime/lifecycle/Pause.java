package io.belljar.runtime.lifecycle;

import io.belljar.plan.Plan;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.cgroup.Freezer;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.StateStore;
import io.belljar.spec.state.Status;
import java.util.concurrent.TimeUnit;

/** {@code pause}: stops every process of a container, until {@code resume}. */
public final class Pause {
  private static final long TO_SETTLE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long POLL_MILLIS = 1;

  private Pause() {}

  /**
   * Pauses the container, and returns when each process has stopped.
   *
   * @throws LifecycleException when it does not exist, or does not run
   */
  public static void run(Invocation invocation, ContainerId id) {
    Recovery.sweep(invocation);
    try (StateStore.Lock _ = invocation.lock(id)) {
      LiveContainer container = invocation.requireVisible(id);
      if (container.status() == Status.PAUSED) {
        throw new LifecycleException("container already paused");
      }
      if (container.status() != Status.RUNNING && container.status() != Status.CREATED) {
        throw new LifecycleException("container not running");
      }
      Freezer freezer = new Freezer(container.stored().groups(), invocation.observer().groups());
      if (!freezer.isAvailable()) {
        throw new LifecycleException(
            "cannot pause container %s: %s"
                .formatted(
                    id,
                    container.stored().groups().isEmpty()
                        ? Update.WITHOUT_GROUP
                        : "this machine has no freezer for its cgroups"));
      }
      Plan.Builder plan = Plan.builder();
      freezer.freeze(plan, "default: pause stops all processes");
      invocation.carryOut(plan.build());
      if (!settles(freezer)) {
        Plan.Builder undo = Plan.builder();
        freezer.thaw(undo, "default: pause has failed");
        invocation.carryOut(undo.build());
        throw new LifecycleException("unable to freeze container " + id + " within 10 s");
      }
    }
  }

  private static boolean settles(Freezer freezer) {
    long deadline = System.nanoTime() + TO_SETTLE_NANOS;
    while (!freezer.hasSettled()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }
}
