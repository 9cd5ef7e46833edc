package io.belljar.runtime.lifecycle;

import io.belljar.linux.Errno;
import io.belljar.linux.Signal;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.Slot;
import io.belljar.plan.step.ProcessStep;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.cgroup.Freezer;
import io.belljar.runtime.state.LiveContainer;
import java.util.Optional;

/**
 * {@code stop}: a signal that asks a container to end, and after a while one that makes it. When it
 * returns, the container has ended, and whoever waited for it has recorded how.
 */
public final class Stop {
  private static final long TO_DIE_MILLIS = 10_000;
  private static final long TO_CLEAN_UP_MILLIS = 10_000;

  private Stop() {}

  /**
   * What is asked for.
   *
   * @param id the container
   * @param signal as it was written: a name with or without SIG, or a number
   * @param seconds how long it may take to end by itself; -1 for as long as it likes
   */
  public record Options(ContainerId id, String signal, long seconds) {}

  /**
   * Stops the container; one that has ended is left as it is.
   *
   * @return whether it had a process
   * @throws LifecycleException when it does not exist, or there is no such signal
   */
  public static boolean run(Invocation invocation, Options options) {
    Signal signal = Kill.signal(options.signal());
    Recovery.sweep(invocation);
    LiveContainer container = invocation.requireVisible(options.id());
    if (container.process().isEmpty()) {
      return false;
    }
    Optional<ProcessIdentity> waiter =
        container.waiter().filter(process -> !process.equals(invocation.launcher()));
    Plan plan = plan(invocation, container, signal, options.seconds());
    Outcome outcome = invocation.executor().run(plan);
    if (!outcome.succeeded() && outcome.errno() != Errno.ESRCH.number()) {
      throw new PlanFailedException(plan, outcome);
    }
    waiter.ifPresent(process ->
        Endings.await(
            invocation,
            process,
            TO_CLEAN_UP_MILLIS,
            "default: it records how the container ended"));
    return true;
  }

  /** The plan, without doing anything. */
  public static Plan plan(Invocation invocation, Options options) {
    LiveContainer container = invocation.requireVisible(options.id());
    if (container.process().isEmpty()) {
      throw new LifecycleException("container not running");
    }
    return plan(invocation, container, Kill.signal(options.signal()), options.seconds());
  }

  private static Plan plan(
      Invocation invocation, LiveContainer container, Signal signal, long seconds) {
    ProcessIdentity process = container.process().orElseThrow();
    Freezer freezer = new Freezer(container.stored().groups(), invocation.observer().groups());
    Plan.Builder plan = Plan.builder();
    Slot slot = plan.slot("process");
    plan.add(
        new ProcessStep.OpenProcess(slot, process.pid(), process.startTime()),
        "default: this process, and no other that has its number by now");
    send(plan, slot, signal, "option --signal: it is asked to end");
    if (freezer.isFrozen()) {
      freezer.thaw(plan, "default: a paused process does not end");
    }
    if (!signal.equals(Signal.KILL)) {
      plan.addTolerating(
          Errno.ETIMEDOUT.number(),
          new ProcessStep.AwaitExit(slot, seconds < 0 ? -1 : seconds * 1000),
          "option --time: how long it may take");
      send(plan, slot, Signal.KILL, "default: it has not ended in time");
    }
    plan.add(
        new ProcessStep.AwaitExit(slot, TO_DIE_MILLIS), "default: until it and its like are gone");
    return plan.build();
  }

  private static void send(Plan.Builder plan, Slot slot, Signal signal, String why) {
    plan.addTolerating(
        Errno.ESRCH.number(), new ProcessStep.SignalProcess(slot, signal.number()), why);
  }
}
