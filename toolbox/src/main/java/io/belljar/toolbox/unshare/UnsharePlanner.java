package io.belljar.toolbox.unshare;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.Signal;
import io.belljar.plan.Bytes;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.IdentityStep.Become;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.plan.step.ProcessStep.Wait;
import io.belljar.toolbox.command.CommandIdentity;
import io.belljar.toolbox.command.Complaint;
import io.belljar.toolbox.command.Refusal;
import io.belljar.toolbox.command.ToolCommand;
import io.belljar.toolbox.command.ToolPlan;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Plans unshare(1): the launcher itself leaves the caller's namespaces and becomes the command, or
 * forks it.
 *
 * <pre>
 *   launcher                          joiner, only for maps and pins      command, only with -f
 *   clone3 ─────────────────────────► await
 *   unshare; notify ────────────────► uid_map, gid_map of the launcher
 *   await ◄────────────────────────── notify
 *   clock offsets
 *   clone3 ──────────────────────────────────────────────────────────────► maps, mounts, root,
 *   notify ─────────────────────────► mounts the namespaces on files       user, execve
 *   reap ◄─────────────────────────── exits
 *   wait
 * </pre>
 *
 * <p>What is done from outside needs the caller's privileges there, and its mounts: a namespace
 * that is to stay is mounted where the caller asked, not in the new mount namespace.
 *
 * <p>With a root of its own, which may be hostile, root's launcher seals itself first. An ordinary
 * user's does not: out of reach it could not write its own maps.
 */
public final class UnsharePlanner {
  private static final Set<NamespaceKind> HOLD_FROM_OUTSIDE =
      EnumSet.of(NamespaceKind.MOUNT, NamespaceKind.USER);

  private final UnshareOptions options;
  private final UnshareFacts facts;
  private final Set<NamespaceKind> kinds;
  private final boolean forks;
  private final OwnerIds owner;
  private final UserNamespaceSteps users;
  private final FileSteps files;
  private final PinSteps pins;
  private final ToolPlan.Builder plan = ToolPlan.builder();

  private UnsharePlanner(UnshareOptions options, UnshareFacts facts) {
    this.options = options;
    this.facts = facts;
    this.kinds = implied(options);
    this.forks = options.start().forks();
    this.owner = OwnerIds.of(options.mapping().owner());
    this.users = UserNamespaceSteps.of(options.mapping(), owner, facts);
    this.files = new FileSteps(options.files(), kinds.contains(NamespaceKind.MOUNT));
    this.pins = new PinSteps(options.namespaces().pins(), facts.caller().pid());
    if (options.clocks().isAsked() && !kinds.contains(NamespaceKind.TIME)) {
      throw new Refusal(
          "options --monotonic and --boottime require unsharing of a time namespace (-T)");
    }
  }

  /**
   * The plan.
   *
   * @throws Refusal when the options make no sense
   */
  public static ToolPlan plan(UnshareOptions options, UnshareFacts facts) {
    return new UnsharePlanner(options, facts).plan();
  }

  private static Set<NamespaceKind> implied(UnshareOptions options) {
    Set<NamespaceKind> kinds = EnumSet.noneOf(NamespaceKind.class);
    kinds.addAll(options.namespaces().kinds());
    boolean interpreters =
        options.files().binfmt().isPresent() || options.files().interpreter().isPresent();
    if (options.files().proc().isPresent() || interpreters) {
      kinds.add(NamespaceKind.MOUNT);
    }
    if (options.mapping().isAsked() || interpreters) {
      kinds.add(NamespaceKind.USER);
    }
    return kinds;
  }

  private ToolPlan plan() {
    if (options.files().root().isPresent() && facts.caller().uid() == 0) {
      plan.sealed();
    }
    boolean pinned = !pins.isEmpty();
    boolean pinnedFromOutside = pinned && kinds.stream().anyMatch(HOLD_FROM_OUTSIDE::contains);
    if (users.needsHelp() || pinnedFromOutside) {
      planHelper(pinnedFromOutside);
    }
    becomeOwner();
    leaveNamespaces();
    shiftClocks();
    Role command = forks ? Role.COMMAND : Role.LAUNCHER;
    if (forks) {
      plan.add(
          new NamespaceStep.Fork(Role.COMMAND, 0, Slot.NONE),
          options.start().fork() ? "option --fork" : "option --kill-child, --forward-signals",
          "fork failed");
    }
    if (pinnedFromOutside) {
      askHelper(Role.JOINER, "option with a file: the namespace is to stay");
      plan.add(new ProcessStep.Reap(Role.JOINER), "default: the helper is done", "waitpid failed");
    } else if (pinned) {
      pins.mount(plan);
    }
    becomeCommand(command);
    if (forks) {
      await();
    }
    return plan.build();
  }

  /**
   * The helper is forked before anything changes; it waits for its word before each of its parts.
   */
  private void planHelper(boolean pinned) {
    plan.add(
        new NamespaceStep.Fork(Role.JOINER, 0, Slot.NONE),
        "default: a helper that stays in the caller's namespaces",
        "fork failed");
    plan.role(Role.JOINER);
    if (users.needsHelp()) {
      awaitLauncher();
      users.writeFromOutside(plan);
      plan.add(
          new ProcessStep.Notify(Role.LAUNCHER),
          "default: the maps are written",
          "failed to read eventfd");
    }
    if (pinned) {
      awaitLauncher();
      pins.mount(plan);
    }
    plan.role(Role.LAUNCHER);
  }

  private void awaitLauncher() {
    plan.add(
        new ProcessStep.Await(Role.LAUNCHER),
        "default: until the launcher has left the caller's namespaces",
        "failed to read eventfd");
  }

  private void askHelper(Role helper, String why) {
    plan.add(new ProcessStep.Notify(helper), why, "failed to write eventfd");
  }

  private void becomeOwner() {
    owner
        .gid()
        .ifPresent(gid -> {
          plan.add(
              new Become(Become.UNCHANGED, gid, Bytes.EMPTY, Become.PLAINLY),
              "option --owner",
              Complaint.of("setgroups failed", "setgid failed", "setuid failed"));
          CommandIdentity.becomeUser(plan, owner.uid().getAsLong(), "option --owner");
        });
  }

  private void leaveNamespaces() {
    long flags = kinds.stream().mapToLong(NamespaceKind::cloneFlag).reduce(0, (a, b) -> a | b);
    if (flags != 0) {
      plan.add(new NamespaceStep.Unshare(flags), "options: a new namespace each", "unshare failed");
    }
    if (users.needsHelp()) {
      askHelper(Role.JOINER, "default: the user namespace is there");
      plan.add(
          new ProcessStep.Await(Role.JOINER),
          "default: until the maps are written",
          "waitpid failed");
      if (pins.isEmpty()) {
        plan.add(
            new ProcessStep.Reap(Role.JOINER), "default: the helper is done", "waitpid failed");
      }
    }
  }

  /** The numbers of the clocks are CLOCK_BOOTTIME's and CLOCK_MONOTONIC's (time_namespaces(7)). */
  private void shiftClocks() {
    options.clocks().boottime().ifPresent(text -> shift(7, "boottime", text));
    options.clocks().monotonic().ifPresent(text -> shift(1, "monotonic", text));
  }

  private void shift(int clock, String name, String text) {
    plan.write(
        "/proc/self/timens_offsets",
        clock + " " + Numbers.seconds(text, name) + " 0",
        "option --" + name,
        "failed to open ",
        "failed to write to ");
  }

  private void becomeCommand(Role role) {
    plan.role(role);
    options
        .start()
        .killChild()
        .ifPresent(name ->
            plan.add(
                new ProcessStep.DieWithParent(signal(name)),
                "option --kill-child",
                "prctl failed"));
    users.writeFromInside(plan);
    files.build(plan);
    becomeUser();
    keepCapabilities();
    if (forks && options.start().killChild().isEmpty()) {
      CommandIdentity.outliveParent(plan);
    }
    ToolCommand.orLoginShell(options.command(), environment())
        .execute(plan, role, facts.caller(), "failed to execute ", "");
  }

  private static int signal(String name) {
    return Optional.of(name)
        .filter(text -> !text.matches("[0-9].*"))
        .flatMap(Signal::parse)
        .orElseThrow(() -> new Refusal("unknown signal: " + name))
        .number();
  }

  private void becomeUser() {
    options
        .start()
        .gid()
        .ifPresent(text ->
            plan.add(
                new Become(Become.UNCHANGED, id("gid", text), Bytes.EMPTY, Become.PLAINLY),
                "option --setgid",
                Complaint.of("setgroups failed", "setgid failed")));
    options
        .start()
        .uid()
        .ifPresent(text -> CommandIdentity.becomeUser(plan, id("uid", text), "option --setuid"));
  }

  private static long id(String what, String text) {
    OptionalLong id = Numbers.id(text);
    return id.orElseThrow(() -> new Refusal("failed to parse %s: '%s'".formatted(what, text)));
  }

  private void keepCapabilities() {
    if (options.start().keepCapabilities() && kinds.contains(NamespaceKind.USER)) {
      CommandIdentity.keepCapabilities(plan, facts.capabilities());
    }
  }

  private List<String> environment() {
    UnshareOptions.Variables variables = options.environment();
    if (!variables.clear() && variables.kept().isEmpty()) {
      return facts.caller().environment();
    }
    return facts.caller().environment().stream()
        .filter(entry -> variables.kept().stream().anyMatch(name -> entry.startsWith(name + "=")))
        .toList();
  }

  private void await() {
    plan.role(Role.LAUNCHER);
    long ignoring = options.start().forwardSignals() ? 0 : Wait.PLAIN | Wait.IGNORE_INTERRUPTS;
    plan.add(
        new Wait(Role.COMMAND, ignoring | Wait.DIE_ALIKE),
        options.start().forwardSignals()
            ? "option --forward-signals; default: the launcher ends as the command does"
            : "default: the launcher ends as the command does",
        "waitpid failed");
  }
}
