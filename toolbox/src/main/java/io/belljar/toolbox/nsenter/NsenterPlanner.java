package io.belljar.toolbox.nsenter;

import static io.belljar.linux.OpenFlags.O_DIRECTORY;
import static io.belljar.linux.OpenFlags.O_PATH;

import io.belljar.linux.Errno;
import io.belljar.linux.NamespaceKind;
import io.belljar.plan.Bytes;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.IdentityStep.Become;
import io.belljar.plan.step.MountStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.plan.step.ProcessStep.Wait;
import io.belljar.toolbox.command.CommandIdentity;
import io.belljar.toolbox.command.Complaint;
import io.belljar.toolbox.command.Refusal;
import io.belljar.toolbox.command.ToolCommand;
import io.belljar.toolbox.command.ToolPlan;
import java.util.List;
import java.util.Optional;

/**
 * Plans nsenter(1): the launcher itself enters the namespaces and becomes the command, or forks it
 * where a pid namespace is entered, which only children are in.
 *
 * <p>It seals itself first, and is out of reach of what is inside: a process of a hostile container
 * could otherwise write to its file (CVE-2019-5736), or trace it while it holds descriptors of the
 * host (CVE-2016-9962).
 *
 * <p>Everything is opened before the first namespace is entered, as a mount namespace changes what
 * paths mean. All of it is the target's: the target is held from before the first is opened, and
 * must still be there after the last.
 */
public final class NsenterPlanner {
  private final NsenterOptions options;
  private final NsenterFacts facts;
  private final EnteredNamespaces entered;
  private final Follow follow;
  private final boolean entersUser;
  private final ToolPlan.Builder plan = ToolPlan.builder();

  private NsenterPlanner(NsenterOptions options, NsenterFacts facts) {
    this.options = options;
    this.facts = facts;
    this.follow = new Follow(options, facts);
    this.entered = new EnteredNamespaces(options.namespaces(), follow);
    this.entersUser = entered.contains(NamespaceKind.USER);
  }

  /**
   * The plan.
   *
   * @throws Refusal when the options make no sense, or there is no such process
   */
  public static ToolPlan plan(NsenterOptions options, NsenterFacts facts) {
    return new NsenterPlanner(options, facts).plan();
  }

  private ToolPlan plan() {
    plan.sealed();
    holdTarget();
    boolean followed = entered.open(plan);
    followed |= openPlace();
    if (followed) {
      plan.add(
          new ProcessStep.SignalProcess(EnteredNamespaces.target(plan), 0),
          "default: the target is still there, so that all that was opened is its",
          "the target process has ended");
    }
    followContext();
    joinCgroup();
    dropGroups();
    enterNamespaces();
    enterPlace();
    Role role = Role.LAUNCHER;
    if (entered.contains(NamespaceKind.PID) && !options.noFork()) {
      role = Role.COMMAND;
      plan.add(
          new NamespaceStep.Fork(Role.COMMAND, 0, Slot.NONE),
          "default: a pid namespace is entered by children",
          "fork failed");
      plan.role(role);
    }
    becomeUser();
    keepCapabilities();
    if (role == Role.COMMAND) {
      CommandIdentity.outliveParent(plan);
    }
    boolean inside = entered.contains(NamespaceKind.MOUNT) || options.place().root().isPresent();
    ToolCommand.orLoginShell(options.command(), follow.environment(inside))
        .execute(plan, role, facts.caller(), "failed to execute ", "");
    if (role == Role.COMMAND) {
      plan.role(Role.LAUNCHER)
          .add(
              new Wait(Role.COMMAND, Wait.PLAIN | Wait.STOP_ALONG | Wait.DIE_ALIKE),
              "default: the launcher stops and ends as the command does",
              "waitpid failed");
    }
    return plan.build();
  }

  private void holdTarget() {
    if (facts.target().isPresent()) {
      var process = facts.target().get().process();
      plan.add(
          new ProcessStep.OpenProcess(
              EnteredNamespaces.target(plan), process.pid(), process.startTime()),
          "option --target: this process, and no other with its number",
          "cannot open process " + process.pid());
    }
  }

  /** Whether any of it is the target's. */
  private boolean openPlace() {
    var root = options.place().root();
    var directory = options.place().directory();
    root.ifPresent(path -> open("root", path, "root", "option --root"));
    directory.ifPresent(path -> open("directory", path, "cwd", "option --wd"));
    return root.filter(Optional::isEmpty).or(() -> directory.filter(Optional::isEmpty)).isPresent();
  }

  private void open(String slot, Optional<String> file, String name, String why) {
    String path = file.orElseGet(() -> follow.path(name));
    plan.add(new FileStep.Open(plan.slot(slot), path, O_PATH, 0), why, "cannot open " + path);
  }

  /**
   * As in util-linux, while the caller still is who he was: whether he may is for the policy of the
   * host to say. A child inherits it.
   */
  private void followContext() {
    follow
        .context()
        .ifPresent(context -> {
          String why = "option --follow-context: the target's";
          String failed = "failed to set exec context to '" + context + "'";
          Slot proc = plan.slot("proc");
          Slot self = plan.slot("self");
          plan.add(new FileStep.Open(proc, "/proc", O_PATH | O_DIRECTORY, 0), why, failed);
          plan.add(new FileStep.OpenIn(self, proc, "self", O_PATH | O_DIRECTORY, 0), why, failed);
          plan.add(new FileStep.WriteProc(self, "attr/exec", Bytes.of(context)), why, failed);
        });
  }

  private void joinCgroup() {
    if (options.taken().cgroup()) {
      String file = follow.cgroupProcs();
      plan.write(file, "0", "option --join-cgroup", "failed to open ", "write failed ");
    }
  }

  /** Once more after the namespaces are entered; only when both fail does it count. */
  private void dropGroups() {
    if (entersUser && !options.identity().preserved()) {
      plan.addTolerating(
          Errno.EPERM.number(),
          new Become(Become.UNCHANGED, Become.UNCHANGED, Bytes.EMPTY, Become.PLAINLY),
          "default: the caller's groups mean nothing in another user namespace",
          Complaint.of("setgroups failed"));
    }
  }

  /**
   * A caller with privileges enters the user namespace last, as it gives up those that reach the
   * others. A caller without gets them by entering it, and tries the others again.
   */
  private void enterNamespaces() {
    List<NamespaceKind> others =
        entered.kinds().stream().filter(kind -> kind != NamespaceKind.USER).toList();
    for (NamespaceKind kind : others) {
      plan.addTolerating(
          entersUser ? Errno.EPERM.number() : 0,
          new NamespaceStep.Join(EnteredNamespaces.slot(plan, kind), kind.cloneFlag()),
          entered.why(kind),
          joining(kind));
    }
    if (entersUser) {
      plan.add(
          new NamespaceStep.Join(
              EnteredNamespaces.slot(plan, NamespaceKind.USER), NamespaceKind.USER.cloneFlag()),
          entered.why(NamespaceKind.USER),
          joining(NamespaceKind.USER));
      for (NamespaceKind kind : others) {
        plan.add(
            new NamespaceStep.Join(EnteredNamespaces.slot(plan, kind), kind.cloneFlag(), 1),
            entered.why(kind) + ", with the privileges of the user namespace",
            joining(kind));
      }
    }
  }

  private static Complaint joining(NamespaceKind kind) {
    return Complaint.of("reassociate to namespace 'ns/" + kind.procName() + "' failed");
  }

  /**
   * A caller's directory that lies outside of the new root would lead out of it (as in
   * CVE-2024-21626), so with a root and without a directory the command begins in the root.
   */
  private void enterPlace() {
    if (options.place().root().isPresent()) {
      plan.add(
          new MountStep.ChangeRoot(plan.slot("root")),
          "option --root",
          Complaint.of(
              "change directory by root file descriptor failed",
              "chroot failed",
              "cannot change directory to /"));
    }
    if (options.place().directory().isPresent()) {
      plan.add(
          new IdentityStep.EnterDirectory(plan.slot("directory")),
          "option --wd",
          "change directory by working directory file descriptor failed");
    }
    options
        .place()
        .directoryInside()
        .ifPresent(path -> {
          Slot inside = plan.slot("directory inside");
          plan.add(
              new FileStep.Open(inside, path, O_PATH, 0),
              "option --wdns",
              "cannot open current working directory");
          plan.add(
              new IdentityStep.EnterDirectory(inside),
              "option --wdns",
              "change directory by working directory file descriptor failed");
        });
  }

  /**
   * In another user namespace the caller's ids are nobody's: it becomes root there, or who is asked
   * for.
   */
  private void becomeUser() {
    boolean becomesRoot = entersUser && !options.identity().preserved();
    long none = Become.UNCHANGED;
    long gid = follow.gid().orElse(becomesRoot ? 0 : none);
    long uid = follow.uid().orElse(becomesRoot ? 0 : none);
    if (gid != none) {
      // The kernel's no counts only where the first try, before the user namespace, was refused
      // too.
      boolean dropped = !entersUser || facts.caller().uid() == 0;
      plan.addTolerating(
          dropped ? Errno.EPERM.number() : 0,
          new Become(none, none, Bytes.EMPTY, Become.PLAINLY),
          "default: no groups but its own",
          Complaint.of("setgroups failed"));
      plan.add(
          new Become(none, gid, Bytes.EMPTY, Become.PLAINLY | Become.KEEP_GROUPS),
          options.identity().gid().isPresent() ? "option --setgid" : "default: root's group",
          "setgid failed");
    }
    if (uid != none) {
      CommandIdentity.becomeUser(
          plan, uid, options.identity().uid().isPresent() ? "option --setuid" : "default: root");
    }
  }

  private void keepCapabilities() {
    if (options.identity().keepCapabilities() && entersUser) {
      CommandIdentity.keepCapabilities(plan, facts.capabilities());
    }
  }
}
