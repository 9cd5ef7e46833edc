package io.belljar.runtime.lifecycle;

import io.belljar.linux.Errno;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.Slot;
import io.belljar.plan.step.ProcessStep;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.spec.state.Status;
import java.util.OptionalInt;

/** {@code attach}: the caller's streams become those of a container that runs detached. */
public final class Attach {
  private static final String WHY = "option: attach";

  private Attach() {}

  /**
   * How.
   *
   * @param input whether what the caller types goes to the container
   * @param signals whether signals that the caller gets go to the container; else they end the
   *     attachment
   */
  public record Options(boolean input, boolean signals) {}

  /**
   * Attaches, and returns when the container has ended or the caller has left it.
   *
   * @return the container's exit code; empty when the caller has left it running
   * @throws LifecycleException when it does not run, or nobody keeps its streams
   */
  public static OptionalInt run(Invocation invocation, LiveContainer container, Options options) {
    ProcessIdentity process = requireRunning(container);
    Plan plan = plan(invocation, container, process, options);
    Outcome outcome = invocation.executor().run(plan);
    if (outcome.succeeded()) {
      return OptionalInt.of(Wait.run(invocation, container.id()));
    }
    if (outcome.errno() == Errno.ECANCELED.number() || outcome.errno() == Errno.EINTR.number()) {
      return OptionalInt.empty();
    }
    if (outcome.errno() == Errno.ENOENT.number()
        || outcome.errno() == Errno.ECONNREFUSED.number()) {
      throw new LifecycleException(
          "container %s cannot be attached to: only what runs with -d can"
              .formatted(container.id().shortForm()));
    }
    throw new PlanFailedException(plan, outcome);
  }

  private static ProcessIdentity requireRunning(LiveContainer container) {
    if (container.status() == Status.PAUSED) {
      throw new LifecycleException("You cannot attach to a paused container, unpause it first");
    }
    if (container.status() != Status.RUNNING) {
      throw new LifecycleException("You cannot attach to a stopped container");
    }
    return container
        .process()
        .orElseThrow(() -> new LifecycleException("You cannot attach to a stopped container"));
  }

  private static Plan plan(
      Invocation invocation, LiveContainer container, ProcessIdentity process, Options options) {
    Plan.Builder plan = Plan.builder();
    Slot slot = Slot.NONE;
    if (options.signals()) {
      slot = plan.slot("process");
      plan.add(
          new ProcessStep.OpenProcess(slot, process.pid(), process.startTime()),
          "option: --sig-proxy: the caller's signals go to this process");
    }
    boolean terminal = container.stored().config().process().filter(p -> p.terminal()).isPresent();
    long flags =
        (terminal ? ProcessStep.Attach.TERMINAL : 0)
            | (options.input() ? 0 : ProcessStep.Attach.NO_INPUT);
    String directory = invocation.store().directory(container.id()).toString();
    plan.add(new ProcessStep.Attach(directory, flags, slot), WHY);
    return plan.build();
  }
}
