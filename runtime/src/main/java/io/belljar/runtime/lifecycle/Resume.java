package io.belljar.runtime.lifecycle;

import io.belljar.plan.Plan;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.cgroup.Freezer;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.StateStore;
import io.belljar.spec.state.Status;

/** {@code resume}: lets a paused container go on. */
public final class Resume {
  private Resume() {}

  /**
   * Resumes the container.
   *
   * @throws LifecycleException when it does not exist, or is not paused
   */
  public static void run(Invocation invocation, ContainerId id) {
    Recovery.sweep(invocation);
    try (StateStore.Lock _ = invocation.lock(id)) {
      LiveContainer container = invocation.requireVisible(id);
      if (container.status() != Status.PAUSED) {
        throw new LifecycleException("container not paused");
      }
      Plan.Builder plan = Plan.builder();
      new Freezer(container.stored().groups(), invocation.observer().groups())
          .thaw(plan, "default: resume lets all processes go on");
      invocation.carryOut(plan.build());
    }
  }
}
