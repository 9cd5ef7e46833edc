package io.belljar.runtime.lifecycle;

import io.belljar.linux.Errno;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.Slot;
import io.belljar.plan.StepFailure;
import io.belljar.plan.step.ProcessStep;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.hook.HookSteps;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.OwnFiles;
import io.belljar.runtime.state.StateStore;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.Hook;
import io.belljar.spec.state.State;
import io.belljar.spec.state.Status;
import java.util.List;
import java.util.OptionalInt;

/** {@code start}: lets the process of a created container execute its command. */
public final class Start {
  private static final String RUNNING = "cannot start an already running container";
  private static final String STOPPED = "cannot start a container that has stopped";

  private Start() {}

  /** The plan, without doing anything. */
  public static Plan plan(Invocation invocation, ContainerId id) {
    LiveContainer container = invocation.requireVisible(id);
    Config config = container.stored().config();
    Plan.Builder plan = Plan.builder();
    addStart(plan, invocation, container, process(container));
    for (int i = 0; i < config.hooks().poststart().size(); i++) {
      addHook(plan, container, config, process(container), i);
    }
    return plan.build();
  }

  /**
   * Starts the container.
   *
   * @throws LifecycleException when it does not exist, or does not wait to be started
   */
  public static void run(Invocation invocation, ContainerId id) {
    Recovery.sweep(invocation);
    invocation.requireVisible(id);
    try (StateStore.Lock _ = invocation.lock(id)) {
      LiveContainer container = invocation.requireVisible(id);
      ProcessIdentity process = process(container);
      start(invocation, container, process);
      runHooks(invocation, container, process);
    }
  }

  private static ProcessIdentity process(LiveContainer container) {
    return switch (container.status()) {
      case CREATED -> container.process().orElseThrow();
      case RUNNING -> throw new LifecycleException(RUNNING);
      case STOPPED -> throw new LifecycleException(STOPPED);
      case CREATING, PAUSED ->
          throw new LifecycleException(
              "cannot start a container in the " + container.status().word() + " state");
    };
  }

  private static void addStart(
      Plan.Builder plan, Invocation invocation, LiveContainer container, ProcessIdentity process) {
    Slot slot = plan.slot("process");
    plan.add(
        new ProcessStep.OpenProcess(slot, process.pid(), process.startTime()),
        "default: the container's process, and no other that has its number by now");
    plan.add(
        new ProcessStep.Start(fifo(invocation, container.id()), slot),
        "default: the process waits there since create");
  }

  private static String fifo(Invocation invocation, ContainerId id) {
    return invocation.store().directory(id).resolve(OwnFiles.FIFO).toString();
  }

  private static void start(
      Invocation invocation, LiveContainer container, ProcessIdentity process) {
    Plan.Builder builder = Plan.builder();
    addStart(builder, invocation, container, process);
    Plan plan = builder.build();
    Outcome outcome = invocation.executor().run(plan);
    if (outcome.succeeded()) {
      invocation.store().touch(container.id(), OwnFiles.PID); // its time says since when it runs
      return;
    }
    if (outcome.errno() == Errno.ESRCH.number()) {
      throw new LifecycleException(STOPPED);
    }
    if (outcome.errno() == Errno.ENXIO.number() || outcome.errno() == Errno.ENOENT.number()) {
      // Nobody waits: it ended, or an earlier start was killed before it removed the fifo.
      if (!invocation.observer().proc().isAlive(process)) {
        throw new LifecycleException(STOPPED);
      }
      invocation.store().removeFile(container.id(), OwnFiles.FIFO);
      throw new LifecycleException(RUNNING);
    }
    throw new PlanFailedException(plan, outcome);
  }

  /** "the remaining hooks and lifecycle continue as if the hook had succeeded" (runtime.md). */
  private static void runHooks(
      Invocation invocation, LiveContainer container, ProcessIdentity process) {
    Config config = container.stored().config();
    List<Hook> hooks = config.hooks().poststart();
    for (int i = 0; i < hooks.size(); i++) {
      Plan.Builder builder = Plan.builder();
      addHook(builder, container, config, process, i);
      Plan plan = builder.build();
      Outcome outcome = invocation.executor().run(plan);
      if (!outcome.succeeded()) {
        invocation
            .warnings()
            .accept("hooks.poststart[" + i + "]: " + StepFailure.describe(plan, outcome));
      }
    }
  }

  private static void addHook(
      Plan.Builder plan,
      LiveContainer container,
      Config config,
      ProcessIdentity process,
      int index) {
    State state =
        new State(
            config.ociVersion(),
            container.id().value(),
            Status.RUNNING,
            OptionalInt.of(process.pid()),
            container.stored().bundle().toString(),
            config.annotations());
    HookSteps.addKnown(
        plan, 0, "poststart", config.hooks().poststart().subList(index, index + 1), state);
  }
}
