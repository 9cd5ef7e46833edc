package io.belljar.runtime.lifecycle;

import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.InvalidPlan;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.PlanTooLarge;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.Facts;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.cgroup.ContainerGroups;
import io.belljar.runtime.cgroup.GroupReach;
import io.belljar.runtime.container.ContainerPlanner;
import io.belljar.runtime.container.ContainerRequest;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.Marker;
import io.belljar.runtime.state.ProcessSpace;
import io.belljar.runtime.state.StateStore;
import io.belljar.runtime.state.StoredContainer;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.ConfigValidator;
import io.belljar.spec.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Makes a container: what create and run have in common. */
final class Creation {
  private final Invocation invocation;
  private final NewContainer container;
  private final Bundle bundle;
  private final Facts facts;
  private final ContainerGroups groups;

  private Creation(Invocation invocation, NewContainer container) {
    if (container.systemdCgroup()) {
      throw new InvalidRequestException(
          "--systemd-cgroup is not supported yet: without it, linux.cgroupsPath is a path below the"
              + " root of each cgroup hierarchy");
    }
    this.invocation = invocation;
    this.container = container;
    Config config = HomeVariable.fill(container.bundle().config());
    this.bundle = container.bundle().with(config);
    validate(config);
    Linux linux = config.linux();
    this.facts = invocation.facts().get();
    this.groups =
        ContainerGroups.of(
            GroupReach.of(facts, invocation.observer().groups()),
            container.id(),
            linux.cgroupsPath(),
            linux.resources());
  }

  /** The plan, without storing or doing anything. */
  static Plan plan(Invocation invocation, NewContainer container) {
    return new Creation(invocation, container).plan();
  }

  /**
   * Makes the container. When it returns, the launcher goes its own way.
   *
   * @throws LifecycleException when there is one of this name
   * @throws PlanFailedException when a step failed; nothing is left
   */
  static void carryOut(Invocation invocation, NewContainer container) {
    Recovery.sweep(invocation);
    requireFree(invocation, container.id());
    Creation creation;
    Plan plan;
    try {
      creation = new Creation(invocation, container);
      // All of the launcher that has to be seen has been: its copy can't be looked into.
      invocation.executor().seal();
      plan = creation.plan();
    } catch (InvalidRequestException e) {
      // Its groups are in use because another command has just made a container of this name.
      if (isTaken(invocation.store(), container.id())) {
        LifecycleException taken = exists();
        taken.addSuppressed(e);
        throw taken;
      }
      throw e;
    }
    creation.store();
    creation.execute(plan);
  }

  private static boolean isTaken(StateStore store, ContainerId id) {
    return store.exists(id) || store.marker(id).isPresent() || store.named(id.value()).isPresent();
  }

  private static void requireFree(Invocation invocation, ContainerId id) {
    Optional<LiveContainer> present = invocation.observer().look(id);
    if (present.isPresent() && !Recovery.dropAbandoned(invocation, present.get())) {
      throw exists();
    }
    if (isTaken(invocation.store(), id)) {
      throw exists();
    }
    invocation.store().requirePlace(id);
  }

  private static LifecycleException exists() {
    return new LifecycleException("container with given ID already exists");
  }

  private void validate(Config config) {
    ConfigValidator.validate(config, "config.json", this::isLaunchersNetwork)
        .forEach(invocation.warnings());
  }

  private boolean isLaunchersNetwork(String path) {
    Path own = invocation.observer().proc().root().resolve(invocation.launcher().pid() + "/ns/net");
    try {
      return Files.isSameFile(Path.of(path), own);
    } catch (IOException _) {
      return false; // the step that opens it says why it cannot be reached
    }
  }

  private Plan plan() {
    NewContainer.Terminal terminal = container.terminal();
    return ContainerPlanner.plan(
        new ContainerRequest(
            container.id(),
            bundle.config(),
            bundle.directory(),
            bundle.rootfs(),
            invocation.store().directory(container.id()),
            container.mode(),
            terminal.consoleSocket(),
            container.pidFile(),
            terminal.relay(),
            terminal.rows(),
            terminal.columns(),
            container.noPivot(),
            container.newKeyring(),
            container.preserveFds(),
            container.supervised(),
            container.dieWithLauncher(),
            container.output(),
            container.finish()),
        facts,
        groups,
        invocation.filters());
  }

  /** Marker, directory, state: see the package's description. */
  private void store() {
    StateStore store = invocation.store();
    ContainerId id = container.id();
    ProcessIdentity launcher = invocation.launcher();
    ProcessSpace here = invocation.observer().here();
    try (StateStore.Lock _ = invocation.lock(id)) {
      if (isTaken(store, id)) {
        throw exists();
      }
      store.mark(
          new Marker(
              id,
              Marker.Work.CREATE,
              launcher,
              here,
              groups.directories(),
              container.belongings()));
      store.create(
          new StoredContainer(
              id,
              bundle.directory(),
              bundle.rootfs(),
              bundle.document(),
              Instant.now(),
              launcher,
              here,
              invocation.uid(),
              groups.directories(),
              container.removeOnExit(),
              container.belongings(),
              container.origin(),
              container.labels()));
    }
  }

  private void execute(Plan plan) {
    Outcome outcome;
    try {
      outcome = invocation.executor().runLast(plan);
    } catch (PlanTooLarge | InvalidPlan e) {
      // The launcher has not seen it, and waits for a word of why.
      Recovery.afterFailure(invocation, container.id());
      throw new InvalidRequestException(e.getMessage(), e);
    }
    if (!outcome.succeeded()) {
      PlanFailedException failure = new PlanFailedException(plan, outcome);
      try {
        Recovery.afterFailure(invocation, container.id());
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
  }
}
