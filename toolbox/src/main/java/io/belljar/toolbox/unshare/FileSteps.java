package io.belljar.toolbox.unshare;

import static io.belljar.linux.OpenFlags.O_DIRECTORY;
import static io.belljar.linux.OpenFlags.O_PATH;

import io.belljar.linux.Errno;
import io.belljar.linux.mount.MountAttributes;
import io.belljar.linux.mount.MountFlags;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.MountStep;
import io.belljar.toolbox.command.Complaint;
import io.belljar.toolbox.command.Refusal;
import io.belljar.toolbox.command.ToolPlan;
import java.util.List;
import java.util.Optional;

/** What the command sees as its files: propagation, root, working directory, /proc, binfmt_misc. */
final class FileSteps {
  private static final String REGISTER = "/proc/sys/fs/binfmt_misc";
  private static final long PLAIN_ATTRIBUTES =
      MountAttributes.MOUNT_ATTR_NOSUID
          | MountAttributes.MOUNT_ATTR_NODEV
          | MountAttributes.MOUNT_ATTR_NOEXEC;

  private final UnshareOptions.Files options;
  private final boolean ownMounts;
  private final long propagation;
  private final Optional<String> proc;
  private final Optional<String> binfmt;

  FileSteps(UnshareOptions.Files options, boolean ownMounts) {
    this.options = options;
    this.ownMounts = ownMounts;
    this.propagation = propagation(options.propagation().orElse("private"));
    boolean registersInProc =
        (options.binfmt().isPresent() || options.interpreter().isPresent())
            && options.binfmt().orElse(REGISTER).equals(REGISTER);
    this.binfmt = options.binfmt().or(() -> options.interpreter().map(_ -> REGISTER));
    this.proc = registersInProc ? options.proc().or(() -> Optional.of("/proc")) : options.proc();
  }

  private static long propagation(String word) {
    return switch (word) {
      case "private" -> MountFlags.MS_PRIVATE;
      case "slave" -> MountFlags.MS_SLAVE;
      case "shared" -> MountFlags.MS_SHARED;
      case "unchanged" -> 0;
      default -> throw new Refusal("unsupported propagation mode: " + word);
    };
  }

  void build(ToolPlan.Builder plan) {
    propagate(plan);
    boolean early =
        options.root().isPresent() && options.interpreter().filter(this::isFixed).isPresent();
    if (early) {
      mount(plan, "binfmt_misc", REGISTER, "option --load-interp: it stays open across the root");
      register(plan, REGISTER);
    }
    enterRoot(plan);
    mountProc(plan);
    binfmt.ifPresent(target -> {
      mount(plan, "binfmt_misc", target, "option --mount-binfmt");
      if (!early && options.interpreter().isPresent()) {
        register(plan, target);
      }
    });
  }

  /** An interpreter that the kernel opens at once (flag F), so that it may lie outside the root. */
  private boolean isFixed(String interpreter) {
    int colon = interpreter.lastIndexOf(':');
    return colon >= 0 && interpreter.indexOf('F', colon) >= 0;
  }

  private void propagate(ToolPlan.Builder plan) {
    if (!ownMounts || propagation == 0) {
      return;
    }
    String complaint = "cannot change root filesystem propagation";
    String why =
        options.propagation().isPresent()
            ? "option --propagation"
            : "default: mounts inside do not reach the caller's, nor the other way round";
    Slot root = plan.slot("old root");
    plan.add(new FileStep.Open(root, "/", O_PATH | O_DIRECTORY, 0), why, complaint);
    plan.add(new MountStep.SetAttributes(root, 1, 0, 0, propagation), why, complaint);
  }

  private void enterRoot(ToolPlan.Builder plan) {
    options
        .root()
        .ifPresent(path -> {
          String complaint = "cannot change root directory to '" + path + "'";
          Slot root = plan.slot("root");
          plan.add(
              new FileStep.Open(root, path, O_PATH | O_DIRECTORY, 0), "option --root", complaint);
          plan.add(new MountStep.ChangeRoot(root), "option --root", complaint);
        });
    options
        .directory()
        .ifPresent(path ->
            plan.add(
                new IdentityStep.ChangeDirectory(path, 0),
                "option --wd",
                "cannot chdir to '" + path + "'"));
  }

  private void mountProc(ToolPlan.Builder plan) {
    proc.ifPresent(target -> {
      if (options.root().isEmpty() && propagation != MountFlags.MS_PRIVATE) {
        separate(plan, target);
      }
      mount(plan, "proc", target, "option --mount-proc");
    });
  }

  /** The caller must not get the new /proc, also where mounts are shared with it. */
  private static void separate(ToolPlan.Builder plan, String target) {
    String why = "option --mount-proc: it is for the command alone";
    String complaint = "cannot change " + target + " filesystem propagation";
    Slot mount = plan.slot("old " + target);
    plan.add(new FileStep.Open(mount, target, O_PATH | O_DIRECTORY, 0), why, complaint);
    plan.addTolerating(
        Errno.EINVAL.number(),
        new MountStep.SetAttributes(mount, 1, 0, 0, MountFlags.MS_PRIVATE),
        why + "; what is no mount has none",
        Complaint.of(complaint));
  }

  private static void mount(ToolPlan.Builder plan, String type, String target, String why) {
    String complaint = "mount " + target + " failed";
    Slot slot = plan.slot(target);
    plan.add(new FileStep.Open(slot, target, O_PATH, 0), why, complaint);
    plan.add(new MountStep.Mount(slot, type, type, PLAIN_ATTRIBUTES, List.of()), why, complaint);
  }

  private void register(ToolPlan.Builder plan, String directory) {
    plan.write(
        directory + "/register",
        options.interpreter().orElseThrow(),
        "option --load-interp",
        "cannot open ",
        "write failed ");
  }
}
