package io.belljar.toolbox.chroot;

import static io.belljar.linux.OpenFlags.O_DIRECTORY;
import static io.belljar.linux.OpenFlags.O_PATH;

import io.belljar.plan.Bytes;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.IdentityStep.Become;
import io.belljar.plan.step.IdentityStep.EnterDirectory;
import io.belljar.plan.step.MountStep;
import io.belljar.toolbox.command.Complaint;
import io.belljar.toolbox.command.Refusal;
import io.belljar.toolbox.command.ToolCommand;
import io.belljar.toolbox.command.ToolPlan;

/**
 * Plans chroot(1): the launcher itself changes its root and becomes the command.
 *
 * <p>The root may be hostile: the launcher seals itself first, so that nothing in there can write
 * to its file (a program {@code #!/proc/self/exe}, CVE-2019-5736), and names are looked up in the
 * root's files without executing anything of it (CVE-2019-14271).
 */
public final class ChrootPlanner {
  private static final long LEAVE = Become.UNCHANGED;

  private ChrootPlanner() {}

  /**
   * The plan.
   *
   * @throws Refusal when the options make no sense, or name nobody
   */
  public static ToolPlan plan(ChrootOptions options, ChrootFacts facts) {
    if (options.skipChdir() && !facts.isOldRoot()) {
      throw Refusal.ofUsage("option --skip-chdir only permitted if NEWROOT is old '/'");
    }
    ToolPlan.Builder plan = ToolPlan.builder().sealed();
    changeRoot(plan, options);
    become(plan, WantedUser.of(options, facts));
    ToolCommand.orInteractiveShell(options.command(), facts.caller().environment())
        .execute(plan, Role.LAUNCHER, facts.caller(), "failed to run command ", "'");
    return plan.build();
  }

  private static void changeRoot(ToolPlan.Builder plan, ChrootOptions options) {
    String complaint = "cannot change root directory to '" + options.root() + "'";
    Slot directory = plan.slot("working directory");
    if (options.skipChdir()) {
      plan.add(
          new FileStep.Open(directory, ".", O_PATH | O_DIRECTORY, 0),
          "option --skip-chdir",
          "cannot open the working directory");
    }
    Slot root = plan.slot("root");
    plan.add(
        new FileStep.Open(root, options.root(), O_PATH | O_DIRECTORY, 0),
        "argument: the new root",
        complaint);
    plan.add(
        new MountStep.ChangeRoot(root),
        "argument: the new root",
        Complaint.of(complaint, complaint, "cannot chdir to root directory"));
    if (options.skipChdir()) {
      plan.add(
          new EnterDirectory(directory),
          "option --skip-chdir",
          "cannot change to the working directory");
    }
  }

  private static void become(ToolPlan.Builder plan, WantedUser user) {
    user.groups()
        .ifPresent(groups ->
            plan.add(
                new Become(LEAVE, LEAVE, groups, Become.PLAINLY),
                "option --groups, or the groups of --userspec",
                "failed to set supplemental groups"));
    user.gid()
        .ifPresent(gid ->
            plan.add(
                new Become(LEAVE, gid, Bytes.EMPTY, Become.PLAINLY | Become.KEEP_GROUPS),
                "option --userspec",
                "failed to set group-ID"));
    user.uid()
        .ifPresent(uid ->
            plan.add(
                new Become(uid, LEAVE, Bytes.EMPTY, Become.PLAINLY | Become.KEEP_GROUPS),
                "option --userspec",
                "failed to set user-ID"));
  }
}
