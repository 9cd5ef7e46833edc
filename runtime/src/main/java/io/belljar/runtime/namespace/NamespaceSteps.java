package io.belljar.runtime.namespace;

import io.belljar.linux.CloneFlags;
import io.belljar.linux.NamespaceKind;
import io.belljar.linux.OpenFlags;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.runtime.Descriptors;
import io.belljar.spec.linux.TimeOffset;
import java.util.Map;
import java.util.stream.Collectors;

/** Steps that enter namespaces and set them up. */
public final class NamespaceSteps {
  private NamespaceSteps() {}

  /**
   * Enters the namespaces that the configuration names by path; carried out by the joiner.
   *
   * <p>All files are opened before the first is entered, as a mount namespace changes what their
   * paths mean. The user namespace comes last: the launcher's privileges reach every namespace,
   * those of root in a user namespace only what belongs to it. Without privileges it comes first:
   * there are none but those that it gives.
   *
   * @param privileged whether the launcher has privileges of its own
   */
  public static void joinByPath(Plan.Builder plan, Namespaces namespaces, boolean privileged) {
    plan.role(Role.JOINER);
    for (Namespaces.Joined joined : namespaces.joined()) {
      plan.add(
          new FileStep.Open(slot(plan, joined), joined.path(), OpenFlags.O_RDONLY, 0),
          namespaces.why(joined.kind()) + ".path");
    }
    for (boolean last : new boolean[] {false, true}) {
      namespaces.joined().stream()
          .filter(joined -> ((joined.kind() == NamespaceKind.USER) == privileged) == last)
          .forEach(joined -> join(plan, namespaces, joined));
    }
  }

  private static Slot slot(Plan.Builder plan, Namespaces.Joined joined) {
    return plan.slot(joined.kind().ociName() + " namespace");
  }

  // The kind is given, so that the kernel refuses a file of another kind (EINVAL).
  private static void join(Plan.Builder plan, Namespaces namespaces, Namespaces.Joined joined) {
    plan.add(
        new NamespaceStep.Join(slot(plan, joined), joined.kind().cloneFlag()),
        namespaces.why(joined.kind()) + ".path");
  }

  /**
   * Makes the cgroup namespace; carried out by the first process. It waits for the launcher before,
   * who puts it into its groups: they become the roots that the namespace shows.
   */
  public static void makeCgroupNamespace(Plan.Builder plan, Namespaces namespaces) {
    if (namespaces.creates(NamespaceKind.CGROUP)) {
      plan.add(
          new NamespaceStep.Unshare(CloneFlags.CLONE_NEWCGROUP),
          namespaces.why(NamespaceKind.CGROUP) + ", once the process is in its groups");
    }
  }

  /**
   * Makes a time namespace with shifted clocks and enters it; carried out by the first process.
   * Needs the host's procfs in {@link Descriptors#proc}.
   */
  public static void makeShiftedTime(
      Plan.Builder plan, Namespaces namespaces, Map<TimeOffset.Clock, TimeOffset> offsets) {
    if (!namespaces.creates(NamespaceKind.TIME) || !namespaces.offsets()) {
      return;
    }
    String text =
        offsets.entrySet().stream()
            .map(entry ->
                entry.getKey().word()
                    + " "
                    + entry.getValue().secs()
                    + " "
                    + entry.getValue().nanosecs()
                    + "\n")
            .collect(Collectors.joining());
    plan.add(
        new NamespaceStep.Unshare(CloneFlags.CLONE_NEWTIME), namespaces.why(NamespaceKind.TIME));
    openSelf(plan, "config: linux.timeOffsets");
    plan.add(
        new FileStep.WriteProc(
            Descriptors.self(plan), "timens_offsets", io.belljar.plan.Bytes.of(text)),
        "config: linux.timeOffsets");
    plan.add(new NamespaceStep.JoinTime(), namespaces.why(NamespaceKind.TIME));
  }

  /** Opens the process's own directory in the host's procfs. */
  public static void openSelf(Plan.Builder plan, String why) {
    plan.add(
        new FileStep.OpenIn(
            Descriptors.self(plan),
            Descriptors.proc(plan),
            "self",
            OpenFlags.O_PATH | OpenFlags.O_DIRECTORY,
            0),
        why);
  }

  /** Brings the loopback device of a new network namespace up. */
  public static void bringLoopbackUp(Plan.Builder plan, Namespaces namespaces) {
    if (namespaces.creates(NamespaceKind.NETWORK)) {
      plan.add(
          new IdentityStep.LoopbackUp(),
          namespaces.why(NamespaceKind.NETWORK) + ": its only device is down at first");
    }
  }

  /** Lets the launcher carry on the process that the joiner forked for it. */
  public static void adopt(Plan.Builder plan, Role child, String why) {
    plan.role(Role.LAUNCHER).add(new ProcessStep.Adopt(Role.JOINER, child), why);
  }
}
