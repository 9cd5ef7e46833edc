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
import io.belljar.runtime.cgroup.StoredGroups;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.spec.state.Status;
import java.util.List;
import java.util.Optional;

/** {@code kill}: sends a signal to a container's first process, or to all. */
public final class Kill {
  private static final String WHY = "config: the signal that was asked for";

  private Kill() {}

  /**
   * What is asked for.
   *
   * @param id the container
   * @param signal as it was written: a name with or without SIG, or a number
   * @param all every process of the container
   */
  public record Options(ContainerId id, String signal, boolean all) {}

  /**
   * Sends the signal.
   *
   * @throws LifecycleException when the container does not exist or has no process, or when there
   *     is no such signal
   */
  public static void run(Invocation invocation, Options options) {
    Signal signal = signal(options.signal());
    Recovery.sweep(invocation);
    LiveContainer container = invocation.requireVisible(options.id());
    if (options.all()) {
      signalAll(invocation, container, signal);
      return;
    }
    ProcessIdentity process =
        container
            .process()
            .filter(_ -> container.status() != Status.CREATING)
            .orElseThrow(Kill::notRunning);
    if (!send(invocation, process, signal)) {
      throw notRunning();
    }
    if (signal.equals(Signal.KILL)) {
      thaw(invocation, container);
    }
  }

  /** The signal of this name or number. */
  static Signal signal(String text) {
    return Signal.parse(text)
        .orElseThrow(() -> new LifecycleException("unknown signal \"" + text + "\""));
  }

  private static LifecycleException notRunning() {
    return new LifecycleException("container not running");
  }

  /** A process that cgroup v1 has frozen dies only when it is thawed. */
  private static void thaw(Invocation invocation, LiveContainer container) {
    Freezer freezer = freezer(invocation, container);
    if (freezer.holdsKills()) {
      Plan.Builder plan = Plan.builder();
      freezer.thaw(plan, "default: a process that cgroup v1 has frozen does not die");
      invocation.carryOut(plan.build());
    }
  }

  private static Freezer freezer(Invocation invocation, LiveContainer container) {
    return new Freezer(container.stored().groups(), invocation.observer().groups());
  }

  /** Whether it was sent: not when the process has ended. */
  private static boolean send(Invocation invocation, ProcessIdentity process, Signal signal) {
    Plan.Builder builder = Plan.builder();
    Slot slot = builder.slot("process");
    builder.add(
        new ProcessStep.OpenProcess(slot, process.pid(), process.startTime()),
        "default: this process, and no other that has its number by now");
    builder.add(new ProcessStep.SignalProcess(slot, signal.number()), WHY);
    Plan plan = builder.build();
    Outcome outcome = invocation.executor().run(plan);
    if (!outcome.succeeded() && outcome.errno() != Errno.ESRCH.number()) {
      throw new PlanFailedException(plan, outcome);
    }
    return outcome.succeeded();
  }

  private static void signalAll(Invocation invocation, LiveContainer container, Signal signal) {
    StoredGroups groups = invocation.groups(container.stored());
    if (signal.equals(Signal.KILL)) {
      Plan.Builder plan = Plan.builder();
      groups.kill(plan);
      invocation.carryOut(plan.build());
      return;
    }
    Freezer freezer = freezer(invocation, container);
    boolean freeze = freezer.isAvailable() && container.status() == Status.RUNNING;
    if (freeze) {
      freeze(invocation, freezer, true); // so that no process is forked past the list
    }
    try {
      for (int pid : members(groups)) {
        Optional<ProcessIdentity> process = invocation.observer().proc().identify(pid);
        process.ifPresent(found -> send(invocation, found, signal));
      }
    } finally {
      if (freeze) {
        freeze(invocation, freezer, false);
      }
    }
  }

  private static List<Integer> members(StoredGroups groups) {
    return groups.members().stream().filter(pid -> pid > 0).toList();
  }

  private static void freeze(Invocation invocation, Freezer freezer, boolean on) {
    Plan.Builder plan = Plan.builder();
    if (on) {
      freezer.freeze(plan, "default: no process is to be forked past the signal");
    } else {
      freezer.thaw(plan, "default: no process is to be forked past the signal");
    }
    invocation.carryOut(plan.build());
  }
}
