package io.belljar.runtime.container;

import static io.belljar.linux.Errno.ENOSYS;
import static io.belljar.linux.OpenFlags.O_DIRECTORY;
import static io.belljar.linux.OpenFlags.O_PATH;
import static io.belljar.linux.OpenFlags.O_RDWR;

import io.belljar.linux.CloneFlags;
import io.belljar.linux.NamespaceKind;
import io.belljar.plan.Bytes;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.FileStep.Open;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.MountStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.runtime.Descriptors;
import io.belljar.runtime.Facts;
import io.belljar.runtime.cgroup.GroupSteps;
import io.belljar.runtime.namespace.NamespaceSteps;
import io.belljar.runtime.process.IdentitySteps;
import io.belljar.runtime.process.TerminalSteps;
import io.belljar.runtime.seccomp.SeccompFilters;
import io.belljar.spec.process.Process;
import java.util.Optional;

/**
 * Plans one more process in a running container: {@code exec}.
 *
 * <p>A pid namespace is entered by children only, and a process that is half inside must not hold
 * what the container could take from it. So a joiner enters the namespaces and forks the command as
 * the launcher's child:
 *
 * <pre>
 *   launcher                       joiner                     command
 *   pidfd of init, v2 group
 *   clone3 into that group ──────► v1 groups' files
 *                                  setns, clone3 ───────────► v1 groups
 *   adopt ◄─────────────────────── exits                      ┊
 *   v2 group, oom score; notify ────────────────────────────► await       } only where needed
 *                                                             session, terminal, privileges
 *   await ◄────────────────────────────────────────────────── notify
 *   pid file; wait, or leave                                  filter, execve
 * </pre>
 *
 * <p>The launcher places the command in the v2 group only where the joiner could not be forked into
 * it. The filter comes with the privileges where the process may gain new ones.
 */
public final class ExecPlanner {
  private static final String ORIGIN = "exec: process";

  private final ExecRequest request;
  private final GroupSteps groups;
  private final boolean privileged;
  private final Process process;
  private final TerminalSteps terminal;
  private final IdentitySteps identity;
  private final Plan.Builder plan = Plan.builder();
  private Slot group = Slot.NONE;

  private ExecPlanner(ExecRequest request, Facts facts, GroupSteps groups, SeccompFilters filters) {
    this.request = request;
    this.groups = groups;
    this.privileged = facts.isPrivileged();
    this.process = complete(request);
    Unsupported.check(process);
    TerminalChoice.check(
        process.terminal(), request.consoleSocket().isPresent(), request.detached());
    this.terminal =
        new TerminalSteps(
            process,
            ORIGIN,
            request.consoleSocket().isPresent(),
            request.rows(),
            request.columns());
    this.identity =
        new IdentitySteps(
            process,
            ORIGIN,
            facts,
            request.config().linux().personality(),
            request.config().linux().seccomp().map(filters::compile));
  }

  /**
   * The plan of a process in a running container.
   *
   * @param groups the container's, which are there
   * @throws io.belljar.runtime.InvalidRequestException when it cannot be carried out
   */
  public static Plan plan(
      ExecRequest request, Facts facts, GroupSteps groups, SeccompFilters filters) {
    return new ExecPlanner(request, facts, groups, filters).plan();
  }

  /** What the process leaves out is the container's; runc does the same with {@code --process}. */
  private static Process complete(ExecRequest request) {
    Process own = request.process();
    Optional<Process> container = request.config().process();
    return own.toBuilder()
        .capabilities(own.capabilities().or(() -> container.flatMap(Process::capabilities)))
        .rlimits(
            own.rlimits().isEmpty()
                ? container.map(Process::rlimits).orElse(own.rlimits())
                : own.rlimits())
        .apparmorProfile(
            own.apparmorProfile().or(() -> container.flatMap(Process::apparmorProfile)))
        .oomScoreAdj(
            own.oomScoreAdj().isPresent()
                ? own.oomScoreAdj()
                : container.map(Process::oomScoreAdj).orElse(own.oomScoreAdj()))
        .build();
  }

  private Plan plan() {
    plan.sealed().last();
    holdContainer();
    joinNamespaces();
    admitCommand();
    enterRoot();
    becomeCommand();
    commit();
    return plan.build();
  }

  private void holdContainer() {
    plan.role(Role.LAUNCHER);
    request
        .consoleSocket()
        .ifPresent(socket ->
            plan.add(
                new FileStep.Connect(Descriptors.consoleSocket(plan), socket.toString()),
                "option --console-socket"));
    if (identity.needsProc()) {
      plan.add(
          new Open(Descriptors.proc(plan), "/proc", O_PATH | O_DIRECTORY, 0),
          "default: what is written to procfs goes to the host's, never to the container's");
    }
    openNull();
    plan.add(
        new ProcessStep.OpenProcess(init(), request.init().pid(), request.init().startTime()),
        "default: the container's first process, and no other with its id");
  }

  /** Of the host, as the container's own /dev may hold anything under that name. */
  private void openNull() {
    if (silences()) {
      plan.add(
          new Open(plan.slot("null"), "/dev/null", O_RDWR, 0),
          "default: nothing to read, as no input was asked for; without a reader, no output");
    }
  }

  private boolean silences() {
    return !request.silent().isEmpty() && !process.terminal();
  }

  private void silence() {
    if (silences()) {
      request.silent().stream()
          .sorted()
          .forEach(number ->
              plan.add(
                  new FileStep.Stdio(plan.slot("null"), number),
                  number == 0
                      ? "default: nothing to read, as no input was asked for"
                      : "option --detach: nobody reads its output"));
    }
  }

  private Slot init() {
    return plan.slot("init");
  }

  // The user namespace last: the launcher's privileges reach every other one, those inside do not.
  // A launcher without privileges enters all at once: then the kernel begins with that one.
  private void joinNamespaces() {
    group = groups.forkInto(plan);
    plan.role(Role.LAUNCHER);
    plan.add(
        new NamespaceStep.Fork(Role.JOINER, 0, group),
        "default: namespaces are joined by a process of its own");
    plan.role(Role.JOINER);
    groups.open(plan);
    long kinds = 0;
    for (NamespaceKind kind : request.namespaces()) {
      kinds |= kind == NamespaceKind.USER && privileged ? 0 : kind.cloneFlag();
    }
    String why = "default: exec is in the namespaces of the container's first process";
    if (kinds != 0) {
      plan.add(new NamespaceStep.Join(init(), kinds), why);
    }
    if (joins(NamespaceKind.USER) && privileged) {
      plan.add(new NamespaceStep.Join(init(), CloneFlags.CLONE_NEWUSER), why);
    }
    plan.add(
        new NamespaceStep.Fork(Role.COMMAND, CloneFlags.CLONE_PARENT, Slot.NONE),
        "default: a pid namespace is entered by children");
    NamespaceSteps.adopt(plan, Role.COMMAND, "default: the launcher waits for the command");
  }

  private boolean joins(NamespaceKind kind) {
    return request.namespaces().contains(kind);
  }

  private void admitCommand() {
    boolean placed = group.equals(Slot.NONE) && groups.placeV2(plan, Role.COMMAND);
    plan.role(Role.LAUNCHER);
    process
        .oomScoreAdj()
        .ifPresent(score ->
            plan.add(
                new FileStep.WriteMap(
                    Role.COMMAND, "oom_score_adj", Bytes.of(String.valueOf(score))),
                ORIGIN + ".oomScoreAdj"));
    // A pid is recorded while it is the command's: one that awaits nobody may have ended by then.
    boolean awaited = placed || process.oomScoreAdj().isPresent() || request.pidFile().isPresent();
    String why = "default: what the launcher writes for it is written";
    if (awaited) {
      plan.add(new ProcessStep.Notify(Role.COMMAND), why);
    }
    plan.role(Role.COMMAND);
    groups.enter(plan);
    if (awaited) {
      plan.add(new ProcessStep.Await(Role.LAUNCHER), why);
    }
  }

  private void enterRoot() {
    silence();
    plan.add(new IdentityStep.NewSession(), "default: a session apart from the caller's");
    if (request.newKeyring()) {
      plan.addTolerating(
          ENOSYS.number(),
          new IdentityStep.NewKeyring("_ses." + request.id()),
          "default: the container's keys, none of the caller's");
    }
    if (joins(NamespaceKind.USER)) {
      plan.add(
          new IdentityStep.Become(0, 0, Bytes.EMPTY),
          "default: what is made belongs to the container's root");
    }
    Slot root = Descriptors.root(plan);
    if (joins(NamespaceKind.MOUNT)) {
      plan.add(
          new Open(root, "/", O_PATH | O_DIRECTORY, 0),
          "default: the root of the container's mount namespace");
    } else {
      plan.add(
          new Open(root, request.rootfs().toString(), O_PATH | O_DIRECTORY, 0),
          "config: root.path");
      plan.add(new MountStep.ChangeRoot(root), "config: root.path, without a mount namespace");
    }
    terminal.open(plan);
    terminal.send(plan);
    terminal.control(plan);
  }

  private void becomeCommand() {
    identity.prepare(plan);
    identity.drop(plan);
    identity.find(plan);
    plan.add(new ProcessStep.DieWithParent(0), "default: it lives on when the launcher is killed");
    plan.add(new ProcessStep.Notify(Role.LAUNCHER), "default: all is in place");
    identity.execute(plan, request.preserveFds());
  }

  private void commit() {
    plan.role(Role.LAUNCHER);
    plan.add(new ProcessStep.Await(Role.COMMAND), "default: until all is in place");
    request
        .pidFile()
        .ifPresent(file ->
            plan.add(
                new FileStep.RecordPid(file.toString(), Role.COMMAND, FileStep.RecordPid.PLAIN),
                "option --pid-file"));
    boolean relay =
        process.terminal() && request.consoleSocket().isEmpty() && request.relayTerminal();
    if (request.detached()) {
      plan.add(
          new ProcessStep.Wait(Role.COMMAND, ProcessStep.Wait.UNTIL_STARTED),
          "option --detach: until the command runs");
    } else {
      plan.add(
          new ProcessStep.Wait(Role.COMMAND, relay ? ProcessStep.Wait.RELAY_TERMINAL : 0),
          "default: the launcher exits as it does");
    }
  }
}
