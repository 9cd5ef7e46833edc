package io.belljar.runtime.lifecycle;

import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.Facts;
import io.belljar.runtime.cgroup.StoredGroups;
import io.belljar.runtime.seccomp.SeccompFilters;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.Observer;
import io.belljar.runtime.state.StateStore;
import io.belljar.runtime.state.StoredContainer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What every verb works with: one request of one launcher.
 *
 * @param observer the stored containers, and how they are
 * @param facts the machine as the launcher sees it; asked for by verbs that plan a process
 * @param filters compiles system call filters
 * @param executor the launcher
 * @param launcher the launcher's process
 * @param uid the caller's user
 * @param warnings takes a line for whatever went wrong beside the request
 */
public record Invocation(
    Observer observer,
    Supplier<Facts> facts,
    SeccompFilters filters,
    Executor executor,
    ProcessIdentity launcher,
    long uid,
    Consumer<String> warnings) {
  /** A hook may take its time while its container is locked. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The same, but with another way to the launcher. */
  public Invocation with(Executor other) {
    return new Invocation(observer, facts, filters, other, launcher, uid, warnings);
  }

  /** The stored state. */
  public StateStore store() {
    return observer.store();
  }

  /** The container's lock. */
  StateStore.Lock lock(ContainerId id) {
    return store()
        .lock(id, PATIENCE)
        .orElseThrow(() ->
            new LifecycleException(
                "container " + id + " is being changed by another command for a minute already"));
  }

  /** The container, unless there is none or nobody wants it any more. */
  LiveContainer require(ContainerId id) {
    return observer
        .look(id)
        .filter(container -> !Recovery.dropAbandoned(this, container))
        .orElseThrow(LifecycleException::notFound);
  }

  /**
   * The container, to do something with: its processes can be seen from here.
   *
   * @throws LifecycleException when there is none, or it belongs to another pid namespace
   */
  LiveContainer requireVisible(ContainerId id) {
    LiveContainer container = require(id);
    if (container.hidden()) {
      throw LifecycleException.hidden(id);
    }
    return container;
  }

  /** The container's groups. */
  StoredGroups groups(StoredContainer container) {
    return new StoredGroups(container.groups(), observer.groups());
  }

  /**
   * Carries out a plan that has to succeed.
   *
   * @throws PlanFailedException when it does not
   */
  void carryOut(Plan plan) {
    Outcome outcome = plan.last() ? executor.runLast(plan) : executor.run(plan);
    if (!outcome.succeeded()) {
      throw new PlanFailedException(plan, outcome);
    }
  }
}
