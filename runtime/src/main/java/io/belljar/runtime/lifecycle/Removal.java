package io.belljar.runtime.lifecycle;

import io.belljar.linux.Errno;
import io.belljar.linux.Signal;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.Slot;
import io.belljar.plan.StepFailure;
import io.belljar.plan.step.ProcessStep;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.cgroup.StoredGroups;
import io.belljar.runtime.hook.HookSteps;
import io.belljar.runtime.state.Marker;
import io.belljar.runtime.state.StoredContainer;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.Hook;
import io.belljar.spec.state.State;
import io.belljar.spec.state.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Takes a container away, in whatever state it is: what is not there any more is fine at every
 * step. The marker is removed last, so that what is interrupted is done again.
 */
final class Removal {
  private static final long TO_DIE_MILLIS = 10_000;
  private static final int ATTEMPTS = 5;

  private Removal() {}

  /**
   * Ends a container's processes and removes its groups.
   *
   * @param process its first process, if it lives
   */
  static void add(Plan.Builder plan, StoredGroups groups, Optional<ProcessIdentity> process) {
    process.ifPresent(first -> kill(plan, groups, first));
    if (groups.anyLeft()) {
      if (process.isEmpty()) {
        groups.kill(plan);
      }
      groups.remove(plan);
    }
  }

  /** Ends the first process, and with it those of its pid namespace. */
  static void kill(Plan.Builder plan, StoredGroups groups, ProcessIdentity process) {
    Slot slot = plan.slot("process");
    plan.add(
        new ProcessStep.OpenProcess(slot, process.pid(), process.startTime()),
        "default: the container's process, and no other that has its number by now");
    plan.add(new ProcessStep.SignalProcess(slot, Signal.KILL.number()), "default: it has to end");
    groups.kill(plan);
    plan.add(
        new ProcessStep.AwaitExit(slot, TO_DIE_MILLIS), "default: its groups are busy until then");
  }

  /**
   * Carries the removal out; under the container's lock, with its marker in place.
   *
   * @throws PlanFailedException when a process cannot be ended, or a group cannot be removed
   */
  static void carryOut(Invocation invocation, Marker marker, Optional<StoredContainer> stored) {
    endProcesses(invocation, marker);
    purge(invocation, marker.id(), marker.belongings());
    stored.ifPresent(container -> runHooks(invocation, container));
    invocation.store().unmark(marker.id());
  }

  /** Removes what is stored of a container, and what belongs to it. */
  static void purge(Invocation invocation, ContainerId id, List<Path> belongings) {
    for (Path left :
        invocation.store().purge(id, belongings, tree -> Remains.delete(invocation, tree))) {
      invocation
          .warnings()
          .accept("container " + id + ": left " + left + " alone: Belljar has not made it for it");
    }
  }

  private static void endProcesses(Invocation invocation, Marker marker) {
    StoredGroups groups = ownGroups(invocation, marker);
    for (int attempt = 1; ; attempt++) {
      Optional<ProcessIdentity> process = invocation.observer().liveProcess(marker.id());
      Plan.Builder builder = Plan.builder();
      add(builder, groups, process);
      Plan plan = builder.build();
      Outcome outcome = plan.steps().isEmpty() ? success() : invocation.executor().run(plan);
      if (outcome.succeeded()) {
        return;
      }
      // It ended by itself between the planner's look and the launcher's step.
      if (outcome.errno() != Errno.ESRCH.number() || attempt == ATTEMPTS) {
        throw new PlanFailedException(plan, outcome);
      }
    }
  }

  /**
   * The container's groups, unless another container has taken the same path since this one
   * stopped: then they are that one's.
   */
  private static StoredGroups ownGroups(Invocation invocation, Marker marker) {
    StoredGroups groups = new StoredGroups(marker.groups(), invocation.observer().groups());
    String name = "/" + marker.id().value();
    boolean named = marker.groups().stream().allMatch(group -> group.endsWith(name));
    if (named || !groups.anyLeft() || !isTaken(invocation, marker)) {
      return groups;
    }
    return new StoredGroups(List.of(), invocation.observer().groups());
  }

  private static boolean isTaken(Invocation invocation, Marker marker) {
    return invocation.store().ids().stream()
        .filter(id -> !id.equals(marker.id()))
        .flatMap(id -> invocation.observer().look(id).stream())
        .filter(other -> other.status() != Status.STOPPED)
        .anyMatch(other -> other.stored().groups().stream().anyMatch(marker.groups()::contains));
  }

  private static Outcome success() {
    return new Outcome(-1, 0, 0, new byte[0]);
  }

  /**
   * The hooks for a container that is gone. One that fails is a warning, and the next is run all
   * the same (runtime.md, "Lifecycle", step 13).
   */
  static void runHooks(Invocation invocation, StoredContainer container) {
    Config config = container.config();
    List<Hook> hooks = config.hooks().poststop();
    for (int i = 0; i < hooks.size(); i++) {
      Plan plan = hookPlan(container, config, i);
      Outcome outcome = invocation.executor().run(plan);
      if (!outcome.succeeded()) {
        invocation
            .warnings()
            .accept("hooks.poststop[" + i + "]: " + StepFailure.describe(plan, outcome));
      }
    }
  }

  private static Plan hookPlan(StoredContainer container, Config config, int index) {
    Plan.Builder plan = Plan.builder();
    addHook(plan, container, config, index);
    return plan.build();
  }

  /** The hook of this index, as the current role. */
  static void addHook(Plan.Builder plan, StoredContainer container, Config config, int index) {
    State state =
        new State(
            config.ociVersion(),
            container.id().value(),
            Status.STOPPED,
            OptionalInt.empty(),
            container.bundle().toString(),
            config.annotations());
    HookSteps.addKnown(
        plan, 0, "poststop", config.hooks().poststop().subList(index, index + 1), state);
  }
}
