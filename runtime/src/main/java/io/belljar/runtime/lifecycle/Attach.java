package io.belljar.runtime.lifecycle;

import io.belljar.linux.Errno;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.Bytes;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.Slot;
import io.belljar.plan.step.ProcessStep;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.spec.state.Status;

/** {@code attach}: the caller's streams become those of a container that runs detached. */
public final class Attach {
  private static final String WHY = "option: attach";

  private Attach() {}

  /**
   * How.
   *
   * @param input whether what the caller types goes to the container
   * @param signals whether signals that the caller gets go to the container; else, and where the
   *     container has a terminal, they end the attachment
   * @param keys those that leave it running, typed at a terminal
   */
  public record Options(boolean input, boolean signals, Bytes keys) {}

  /** How it ended. */
  public sealed interface End {
    /** The container has ended, and the launcher exits as it did. */
    record Alike() implements End {}

    /** The container has ended, with this exit code. */
    record Code(int code) implements End {}

    /** The caller has left it running, by the keys for that. */
    record Left() implements End {}

    /** This signal made the caller leave it. */
    record Interrupted(int signal) implements End {}
  }

  /**
   * Attaches, and returns when the container has ended or the caller has left it.
   *
   * @throws LifecycleException when it does not run, or nobody keeps its streams
   */
  public static End run(Invocation invocation, LiveContainer container, Options options) {
    ProcessIdentity process = requireRunning(container);
    Plan plan = plan(invocation, container, process, options);
    Outcome outcome = invocation.executor().runLast(plan);
    if (outcome.succeeded()) {
      return new End.Alike();
    }
    if (outcome.errno() == Errno.ECANCELED.number()) {
      return new End.Left();
    }
    if (outcome.errno() == Errno.EINTR.number()) {
      return new End.Interrupted(Integer.parseInt(outcome.data().text()));
    }
    if (outcome.errno() == Errno.ECONNRESET.number()) {
      // Its monitor was killed, and the container with it: who waits next records that.
      return new End.Code(Wait.run(invocation, container.id()));
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
    Plan.Builder plan = Plan.builder().last();
    Slot slot = Slot.NONE;
    boolean terminal = container.stored().config().process().filter(p -> p.terminal()).isPresent();
    // A terminal's keys reach the container by themselves; what is sent to us, is for us: SIGHUP
    // when the caller's terminal is closed.
    if (options.signals() && !terminal) {
      slot = plan.slot("process");
      plan.add(
          new ProcessStep.OpenProcess(slot, process.pid(), process.startTime()),
          "option: --sig-proxy: the caller's signals go to this process");
    }
    long flags =
        (terminal ? ProcessStep.Attach.TERMINAL : 0)
            | (options.input() ? 0 : ProcessStep.Attach.NO_INPUT);
    String directory = invocation.store().directory(container.id()).toString();
    plan.add(new ProcessStep.Attach(directory, flags, slot, options.keys()), WHY);
    return plan.build();
  }
}
