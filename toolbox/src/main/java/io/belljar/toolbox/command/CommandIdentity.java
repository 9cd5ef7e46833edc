package io.belljar.toolbox.command;

import io.belljar.linux.Errno;
import io.belljar.plan.Bytes;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.IdentityStep.Become;
import io.belljar.plan.step.ProcessStep;

/** Who a command is that is started in namespaces by hand, as unshare and nsenter both have it. */
public final class CommandIdentity {
  private CommandIdentity() {}

  /** It becomes this user; its groups stay. */
  public static void becomeUser(ToolPlan.Builder plan, long uid, String why) {
    plan.add(
        new Become(uid, Become.UNCHANGED, Bytes.EMPTY, Become.PLAINLY | Become.KEEP_GROUPS),
        why,
        "setuid failed");
  }

  /**
   * A user namespace gives its first process every capability, which execve(2) takes from who is
   * not root; ambient ones stay (capabilities(7)). After a change of user there may be none left to
   * keep, which is no failure.
   *
   * @param all those that the kernel knows
   */
  public static void keepCapabilities(ToolPlan.Builder plan, long all) {
    plan.addTolerating(
        Errno.EPERM.number(),
        new IdentityStep.SetCapabilities(all, all, all),
        "option --keep-caps",
        Complaint.of("capset failed"));
    plan.addTolerating(
        Errno.EPERM.number(),
        new IdentityStep.RaiseAmbient(all),
        "option --keep-caps",
        Complaint.of("prctl failed"));
  }

  /** A forked command is no part of its parent: who kills that, does not kill it. */
  public static void outliveParent(ToolPlan.Builder plan) {
    plan.add(
        new ProcessStep.DieWithParent(0),
        "default: it lives on when its parent is killed",
        "prctl failed");
  }
}
