package io.belljar.toolbox.check;

import io.belljar.linux.CloneFlags;
import io.belljar.linux.NamespaceKind;
import io.belljar.linux.OpenFlags;
import io.belljar.linux.mount.MountFlags;
import io.belljar.plan.Bytes;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.StepFailure;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.MountStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import java.util.List;
import java.util.function.Function;

/**
 * Tries things in children of the launcher that end at once, so that nothing is left: what they
 * mount and make is in namespaces of their own, and goes with them.
 */
final class Trials {
  private static final String WHY = "check: to see whether it works";

  /** Any directory that is everywhere: what is mounted on it is seen by the child only. */
  private static final String PLACE = "/tmp";

  /** A user that is nobody's. */
  private static final long NOBODY = 65_534;

  /** {@code return SECCOMP_RET_ALLOW}. */
  private static final byte[] ALLOW_ALL = {0x06, 0, 0, 0, 0, 0, (byte) 0xff, 0x7f};

  private static final long DIRECTORY = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;

  private final Function<Plan, Outcome> launcher;
  private final long uid;
  private final long gid;
  private final boolean privileged;

  /**
   * @param launcher carries plans out
   * @param privileged whether the caller may make namespaces without a user namespace
   */
  Trials(Function<Plan, Outcome> launcher, long uid, long gid, boolean privileged) {
    this.launcher = launcher;
    this.uid = uid;
    this.gid = gid;
    this.privileged = privileged;
  }

  /** A namespace of this kind; of an ordinary user's, in a user namespace of its own. */
  Trial namespace(NamespaceKind kind) {
    Plan.Builder plan = inChild();
    if (!privileged && kind != NamespaceKind.USER) {
      plan.add(new NamespaceStep.Unshare(CloneFlags.CLONE_NEWUSER), WHY);
    }
    plan.add(new NamespaceStep.Unshare(kind.cloneFlag()), WHY);
    return carryOut(plan);
  }

  /** A user namespace, made by a user without any privilege. Only root can try it for others. */
  Trial userNamespaceOfNobody() {
    Plan.Builder plan = inChild();
    plan.add(
        new IdentityStep.Become(NOBODY, NOBODY, Bytes.EMPTY, IdentityStep.Become.PLAINLY), WHY);
    plan.add(new NamespaceStep.Unshare(CloneFlags.CLONE_NEWUSER), WHY);
    return carryOut(plan);
  }

  /** All that a container is made of, as this user makes it: namespaces, mounts, root, filter. */
  Trial container() {
    Plan.Builder plan = Plan.builder();
    long flags =
        CloneFlags.CLONE_NEWNS
            | CloneFlags.CLONE_NEWPID
            | CloneFlags.CLONE_NEWNET
            | CloneFlags.CLONE_NEWIPC
            | CloneFlags.CLONE_NEWUTS
            | CloneFlags.CLONE_NEWCGROUP;
    fork(plan, flags);
    Slot place = tmpfs(plan);
    Slot proc = plan.slot("proc");
    plan.add(directory(proc, place, "proc"), WHY);
    plan.add(new MountStep.Mount(proc, "proc", "proc", 0, List.of()), WHY);
    plan.add(new MountStep.PivotRoot(place), WHY);
    plan.add(new IdentityStep.SetHostname("check"), WHY);
    plan.add(new IdentityStep.NoNewPrivileges(), WHY);
    plan.add(new IdentityStep.FilterCalls(0, ALLOW_ALL), WHY);
    return carryOut(plan);
  }

  /** An overlay: a root that is made of layers. */
  Trial overlay() {
    Plan.Builder plan = Plan.builder();
    fork(plan, CloneFlags.CLONE_NEWNS);
    Slot place = tmpfs(plan);
    for (String name : List.of("lower", "upper", "work")) {
      plan.add(directory(plan.slot(name), place, name), WHY);
    }
    Slot target = plan.slot("merged");
    plan.add(directory(target, place, "merged"), WHY);
    List<String> layers =
        List.of(
            "lowerdir=" + PLACE + "/lower",
            "upperdir=" + PLACE + "/upper",
            "workdir=" + PLACE + "/work");
    plan.add(new MountStep.Mount(target, "overlay", "overlay", 0, layers), WHY);
    return carryOut(plan);
  }

  /** A child that is put into a group of cgroup v2 as it is made. */
  Trial cloneIntoGroup(String group) {
    Plan.Builder plan = Plan.builder();
    Slot slot = plan.slot("group");
    plan.add(new FileStep.Open(slot, group, DIRECTORY, 0), WHY);
    plan.add(new NamespaceStep.Fork(Role.INIT, 0, slot), WHY);
    return carryOut(plan);
  }

  private static Plan.Builder inChild() {
    Plan.Builder plan = Plan.builder();
    plan.add(new NamespaceStep.Fork(Role.INIT, 0, Slot.NONE), WHY);
    return plan.role(Role.INIT);
  }

  /** For an ordinary user the new user namespace maps him, and nobody else. */
  private void fork(Plan.Builder plan, long flags) {
    long user = privileged ? 0 : CloneFlags.CLONE_NEWUSER;
    plan.add(new NamespaceStep.Fork(Role.INIT, flags | user, Slot.NONE), WHY);
    if (!privileged) {
      plan.add(new FileStep.WriteMap(Role.INIT, "uid_map", Bytes.of("0 " + uid + " 1\n")), WHY);
      plan.add(new FileStep.WriteMap(Role.INIT, "setgroups", Bytes.of("deny")), WHY);
      plan.add(new FileStep.WriteMap(Role.INIT, "gid_map", Bytes.of("0 " + gid + " 1\n")), WHY);
    }
    plan.add(new ProcessStep.Notify(Role.INIT), WHY);
    plan.role(Role.INIT).add(new ProcessStep.Await(Role.LAUNCHER), WHY);
  }

  /** An empty file system; the mounts are made private first, so that nobody else sees it. */
  private static Slot tmpfs(Plan.Builder plan) {
    Slot root = plan.slot("root");
    Slot place = plan.slot("place");
    plan.add(new FileStep.Open(root, "/", DIRECTORY, 0), WHY);
    plan.add(new MountStep.SetAttributes(root, 1, 0, 0, MountFlags.MS_PRIVATE), WHY);
    plan.add(new FileStep.Open(place, PLACE, DIRECTORY, 0), WHY);
    plan.add(new MountStep.Mount(place, "tmpfs", "check", 0, List.of()), WHY);
    return place;
  }

  private static FileStep directory(Slot slot, Slot root, String name) {
    return new FileStep.CreateIn(slot, root, name, FileStep.CreateIn.DIRECTORY, 0755, 0);
  }

  private Trial carryOut(Plan.Builder builder) {
    Plan plan = builder.role(Role.LAUNCHER).add(new ProcessStep.Wait(Role.INIT, 0), WHY).build();
    Outcome outcome = launcher.apply(plan);
    return outcome.succeeded()
        ? Trial.WORKED
        : new Trial(Math.max(1, outcome.errno()), brief(StepFailure.describe(plan, outcome)));
  }

  /**
   * Without the guess at a cause that goes with failures of real containers: a check knows more.
   */
  private static String brief(String message) {
    int guess = message.indexOf("; likely ");
    return (guess < 0 ? message : message.substring(0, guess)).replace(" in the container", "");
  }
}
