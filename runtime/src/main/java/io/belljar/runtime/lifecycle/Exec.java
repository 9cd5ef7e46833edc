package io.belljar.runtime.lifecycle;

import io.belljar.linux.Errno;
import io.belljar.linux.NamespaceKind;
import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.linux.proc.CgroupMembership;
import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.step.ProcessStep;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.Facts;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.cgroup.GroupSteps;
import io.belljar.runtime.cgroup.StoredGroups;
import io.belljar.runtime.container.ExecPlanner;
import io.belljar.runtime.container.ExecRequest;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.ConfigValidator;
import io.belljar.spec.process.Process;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** {@code exec}: one more process in a container that runs. */
public final class Exec {
  private static final String STOPPED = "cannot exec in a stopped container";

  private Exec() {}

  /**
   * What is asked for. All paths are absolute.
   *
   * @param id the container
   * @param process makes the process of the container's own: {@code ExecOptions::applyTo}, or one
   *     that was read
   * @param detached the launcher does not wait for the end
   * @param terminal where its terminal goes, if it has one
   * @param pidFile where its id is written
   * @param newKeyring false with {@code --no-new-keyring} of the container
   * @param preserveFds {@code --preserve-fds}
   * @param silent which of the standard descriptors lead nowhere, where it has no terminal
   * @param ignorePaused also in a container that is paused, where it waits
   */
  public record Options(
      ContainerId id,
      UnaryOperator<Process> process,
      boolean detached,
      NewContainer.Terminal terminal,
      Optional<Path> pidFile,
      boolean newKeyring,
      int preserveFds,
      Set<Integer> silent,
      boolean ignorePaused) {}

  /** The plan, without doing anything. */
  public static Plan plan(Invocation invocation, Options options) {
    return plan(invocation, options, () -> {});
  }

  /**
   * The same.
   *
   * @param looked is run when all of the launcher that has to be seen has been
   */
  private static Plan plan(Invocation invocation, Options options, Runnable looked) {
    LiveContainer container = invocation.requireVisible(options.id());
    ProcessIdentity init = requireRunning(container, options);
    Config config = container.stored().config();
    Path rootfs = container.stored().rootfs();
    Process own =
        config.process().orElseThrow(() -> InvalidRequestException.ofConfig("process", "missing"));
    Process process = HomeVariable.fill(options.process().apply(own), own.env());
    ConfigValidator.validateProcess(process, "process");
    Facts facts = invocation.facts().get();
    Set<NamespaceKind> foreign = foreignNamespaces(invocation, init);
    looked.run();
    NewContainer.Terminal terminal = options.terminal();
    return ExecPlanner.plan(
        new ExecRequest(
            options.id(),
            config,
            process,
            init,
            foreign,
            rootfs,
            options.detached(),
            terminal.consoleSocket(),
            options.pidFile(),
            terminal.relay(),
            terminal.rows(),
            terminal.columns(),
            options.newKeyring(),
            options.silent(),
            options.preserveFds()),
        facts,
        groups(invocation, container, init, facts.cgroups()),
        invocation.filters());
  }

  /**
   * Runs the process. When it returns, the launcher goes its own way: it exits with 0, or waits and
   * exits as the process does.
   *
   * @throws LifecycleException when the container does not exist, or does not run
   * @throws PlanFailedException when a step failed; the container is as it was
   */
  public static void run(Invocation invocation, Options options) {
    Recovery.sweep(invocation);
    Plan plan = plan(invocation, options, invocation.executor()::seal);
    Outcome outcome = invocation.executor().runLast(plan);
    if (outcome.succeeded()) {
      return;
    }
    boolean ended =
        outcome.errno() == Errno.ESRCH.number()
            && plan.steps().get(outcome.step()).step() instanceof ProcessStep.OpenProcess;
    throw ended ? new LifecycleException(STOPPED) : new PlanFailedException(plan, outcome);
  }

  private static ProcessIdentity requireRunning(LiveContainer container, Options options) {
    return switch (container.status()) {
      case CREATED, RUNNING -> container.process().orElseThrow();
      case STOPPED -> throw new LifecycleException(STOPPED);
      case CREATING ->
          throw new LifecycleException("cannot exec in a container that is being created");
      case PAUSED -> {
        if (!options.ignorePaused()) {
          throw new LifecycleException(
              "cannot exec in a paused container (use --ignore-paused to override)");
        }
        yield container.process().orElseThrow();
      }
    };
  }

  private static Set<NamespaceKind> foreignNamespaces(Invocation invocation, ProcessIdentity init) {
    ProcFs proc = invocation.observer().proc();
    Set<NamespaceKind> kinds = EnumSet.noneOf(NamespaceKind.class);
    for (NamespaceKind kind : NamespaceKind.values()) {
      var own = proc.namespace(invocation.launcher().pid(), kind);
      var containers = proc.namespace(init.pid(), kind);
      if (containers.isPresent() && !containers.equals(own)) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  /** The container's groups; in v2 the one that its first process is in by now. */
  private static GroupSteps groups(
      Invocation invocation, LiveContainer container, ProcessIdentity init, CgroupLayout layout) {
    StoredGroups groups = invocation.groups(container.stored());
    Optional<String> current =
        invocation.observer().proc().cgroups(init.pid()).stream()
            .flatMap(List::stream)
            .filter(CgroupMembership::isUnified)
            .findFirst()
            .flatMap(
                membership -> layout.v2().flatMap(v2 -> v2.place().directoryOf(membership.path())));
    return current.map(groups::following).orElse(groups);
  }
}
