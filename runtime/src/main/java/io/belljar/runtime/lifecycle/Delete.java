package io.belljar.runtime.lifecycle;

import io.belljar.linux.Errno;
import io.belljar.linux.Signal;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.Slot;
import io.belljar.plan.step.ProcessStep;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.Marker;
import io.belljar.runtime.state.StateStore;
import io.belljar.spec.config.Config;
import io.belljar.spec.state.Status;
import java.util.Optional;

/** {@code delete}: removes a container. */
public final class Delete {
  private static final long TO_CLEAN_UP_MILLIS = 10_000;

  private Delete() {}

  /**
   * What is asked for.
   *
   * @param id the container
   * @param force ends a container that runs; one that does not exist is fine then
   */
  public record Options(ContainerId id, boolean force) {}

  /** The plan, without doing anything. The stored state is removed by the planner itself. */
  public static Plan plan(Invocation invocation, Options options) {
    LiveContainer container = invocation.requireVisible(options.id());
    requireDeletable(container, options.force());
    Config config = container.stored().config();
    Plan.Builder plan = Plan.builder();
    Removal.add(plan, invocation.groups(container.stored()), container.process());
    for (int i = 0; i < config.hooks().poststop().size(); i++) {
      Removal.addHook(plan, container.stored(), config, i);
    }
    return plan.build();
  }

  /**
   * Deletes the container.
   *
   * @throws LifecycleException when it does not exist, or has not stopped
   * @throws PlanFailedException when a process cannot be ended, or a group cannot be removed; the
   *     next command tries again
   */
  public static void run(Invocation invocation, Options options) {
    Recovery.sweep(invocation);
    if (options.force()) {
      endCreator(invocation, options.id());
    }
    Optional<ProcessIdentity> waiter = delete(invocation, options, true);
    if (waiter.isPresent()) {
      // Its launcher cleans up itself, and must not do so when there is a new one of this name.
      await(invocation, waiter.get());
      delete(invocation, new Options(options.id(), true), false);
    }
  }

  /**
   * Deletes it, unless its launcher does: then the process is ended, and the launcher is returned.
   */
  private static Optional<ProcessIdentity> delete(
      Invocation invocation, Options options, boolean leaveToWaiter) {
    ContainerId id = options.id();
    try (StateStore.Lock _ = invocation.lock(id)) {
      Optional<LiveContainer> found = invocation.observer().look(id);
      if (found.isEmpty()) {
        if (options.force()) {
          return Optional.empty();
        }
        throw LifecycleException.notFound();
      }
      LiveContainer container = found.get();
      if (container.hidden()) {
        throw LifecycleException.hidden(id);
      }
      requireDeletable(container, options.force());
      Optional<ProcessIdentity> waiter =
          container.waiter().filter(process -> !process.equals(invocation.launcher()));
      if (leaveToWaiter && waiter.isPresent()) {
        container.process().ifPresent(process -> end(invocation, container, process));
        return waiter;
      }
      Recovery.remove(invocation, container.stored());
      return Optional.empty();
    }
  }

  private static void requireDeletable(LiveContainer container, boolean force) {
    boolean waits = container.status() == Status.STOPPED || container.status() == Status.CREATED;
    if (!waits && (!force || container.status() == Status.CREATING)) {
      throw new LifecycleException(
          "cannot delete container %s that is not stopped: %s"
              .formatted(container.id(), container.status().word()));
    }
  }

  /** Ends the process and lets its launcher see to the rest. */
  private static void end(Invocation invocation, LiveContainer container, ProcessIdentity process) {
    Plan.Builder builder = Plan.builder();
    Removal.kill(builder, invocation.groups(container.stored()), process);
    carryOutUnlessEnded(invocation, builder.build());
  }

  /** Waits until a launcher has ended; one that takes too long has its work done for it. */
  private static void await(Invocation invocation, ProcessIdentity launcher) {
    Plan.Builder plan = Plan.builder();
    Slot slot = plan.slot("launcher");
    plan.add(
        new ProcessStep.OpenProcess(slot, launcher.pid(), launcher.startTime()),
        "default: the launcher that waits for the container");
    plan.addTolerating(
        Errno.ETIMEDOUT.number(),
        new ProcessStep.AwaitExit(slot, TO_CLEAN_UP_MILLIS),
        "default: it removes the container itself");
    carryOutUnlessEnded(invocation, plan.build());
  }

  /** A container that is still being made is undone by its launcher's death. */
  private static void endCreator(Invocation invocation, ContainerId id) {
    Optional<Marker> marker =
        invocation
            .store()
            .marker(id)
            .filter(found -> found.work() == Marker.Work.CREATE)
            .filter(found -> !found.worker().equals(invocation.launcher()));
    if (marker.isEmpty()) {
      return;
    }
    if (invocation.observer().isHidden(marker.get().space())) {
      throw LifecycleException.hidden(id);
    }
    ProcessIdentity creator = marker.get().worker();
    Plan.Builder plan = Plan.builder();
    Slot slot = plan.slot("launcher");
    plan.add(
        new ProcessStep.OpenProcess(slot, creator.pid(), creator.startTime()),
        "default: the launcher that makes the container");
    plan.add(new ProcessStep.SignalProcess(slot, Signal.KILL.number()), "option --force");
    plan.add(
        new ProcessStep.AwaitExit(slot, TO_CLEAN_UP_MILLIS),
        "default: what it has made can be removed then");
    carryOutUnlessEnded(invocation, plan.build());
    Recovery.sweep(invocation);
  }

  private static void carryOutUnlessEnded(Invocation invocation, Plan plan) {
    Outcome outcome = invocation.executor().run(plan);
    if (!outcome.succeeded() && outcome.errno() != Errno.ESRCH.number()) {
      throw new PlanFailedException(plan, outcome);
    }
  }
}
