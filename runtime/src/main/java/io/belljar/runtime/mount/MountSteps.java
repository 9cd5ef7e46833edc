package io.belljar.runtime.mount;

import static io.belljar.linux.ResolveFlags.RESOLVE_NO_SYMLINKS;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_RDONLY;

import io.belljar.linux.OpenFlags;
import io.belljar.linux.mount.AttributeChange;
import io.belljar.linux.mount.MountOptions;
import io.belljar.linux.mount.Propagation;
import io.belljar.plan.Plan;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep.CreateIn;
import io.belljar.plan.step.FileStep.OpenIn;
import io.belljar.plan.step.MountStep;
import io.belljar.runtime.Descriptors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The mounts of a container, in the order in which they are configured. Each is made onto a
 * descriptor that was resolved inside the root, never onto a path: the image is hostile.
 */
public final class MountSteps {
  // Their superblocks are shared or in memory: read-only is what the mount is, not the superblock.
  private static final Set<String> PSEUDO =
      Set.of("proc", "sysfs", "tmpfs", "devpts", "mqueue", "cgroup", "cgroup2");

  private final FileSystemRequest request;
  private final List<MountEntry> entries = new ArrayList<>();
  private final BindMounts binds;

  /**
   * Decodes and checks all mounts.
   *
   * @throws io.belljar.runtime.InvalidRequestException naming the property that cannot be done
   */
  public MountSteps(FileSystemRequest request) {
    this.request = request;
    this.binds = new BindMounts(request);
    for (int i = 0; i < request.config().mounts().size(); i++) {
      MountEntry entry =
          MountEntry.of(i, request.config().mounts().get(i), request.rootfs(), entries);
      if (!request.ownsMounts()) {
        throw entry.refuse("", "needs a new mount namespace, which linux.namespaces does not have");
      }
      if (entry.options().isBind() && !entry.options().remount()) {
        binds.check(entry);
      }
      entries.add(entry);
    }
  }

  /** Whether a control group file system is among them. */
  public boolean haveCgroup() {
    return entries.stream().anyMatch(MountEntry::isCgroup);
  }

  /**
   * Opens the sources of bind mounts while the process is still a user who reaches them; for a
   * container with a user namespace.
   */
  public void openSources(Plan.Builder plan) {
    binds.openEarly(plan, entries);
  }

  /**
   * Makes the mounts.
   *
   * @param beforeCgroup what has to be done before the first control group file system is made
   */
  public void make(Plan.Builder plan, Runnable beforeCgroup) {
    boolean prepared = false;
    for (MountEntry entry : entries) {
      if (entry.isCgroup() && !prepared) {
        beforeCgroup.run();
        prepared = true;
      }
      if (entry.options().remount()) {
        change(plan, entry);
      } else if (entry.options().isBind()) {
        binds.make(plan, entry);
      } else if (entry.type().equals("cgroup")) {
        new CgroupMounts(request, entry).make(plan);
      } else {
        mount(plan, entry);
      }
    }
  }

  private static void mount(Plan.Builder plan, MountEntry entry) {
    Slot target = Descriptors.target(plan);
    plan.add(
        new CreateIn(
            target, Descriptors.root(plan), entry.path(), CreateIn.DIRECTORY, 0755, resolve(entry)),
        entry.why() + ".destination");
    long attributes = attributes(entry.options());
    if (isReadOnlyLater(entry)) {
      attributes &= ~MOUNT_ATTR_RDONLY;
    }
    plan.add(
        new MountStep.Mount(
            target, entry.type(), entry.mount().source().orElse(""), attributes, parameters(entry)),
        entry.why());
    propagate(plan, entry, target);
  }

  // A link in the place of /proc or /sys would put what protects them elsewhere (CVE-2019-19921).
  private static long resolve(MountEntry entry) {
    return entry.type().equals("proc") || entry.type().equals("sysfs") ? RESOLVE_NO_SYMLINKS : 0;
  }

  /** The attributes of a new mount, which has none below it. */
  static long attributes(MountOptions options) {
    AttributeChange below = options.recursiveAttributes();
    return (options.attributes().set() & ~below.clear()) | below.set();
  }

  private static List<String> parameters(MountEntry entry) {
    List<String> parameters = new ArrayList<>();
    for (String flag : entry.options().superblock()) {
      boolean readOnly = flag.equals("ro") || flag.equals("rw");
      if (!readOnly || !PSEUDO.contains(entry.type())) {
        parameters.add(flag);
      }
    }
    parameters.addAll(entry.options().data());
    return parameters;
  }

  /** Sets the propagation of a mount that was just made. */
  static void propagate(Plan.Builder plan, MountEntry entry, Slot mount) {
    for (Propagation propagation : entry.options().propagation()) {
      plan.add(
          new MountStep.SetAttributes(
              mount, propagation.isRecursive() ? 1 : 0, 0, 0, propagation.flag()),
          entry.why() + ".options: " + propagation.option());
    }
  }

  private static void change(Plan.Builder plan, MountEntry entry) {
    Slot target = Descriptors.target(plan);
    MountOptions options = entry.options();
    plan.add(
        new OpenIn(target, Descriptors.root(plan), entry.path(), OpenFlags.O_PATH, 0),
        entry.why() + ".destination");
    set(plan, target, 0, options.attributes(), entry);
    set(plan, target, 1, options.recursiveAttributes(), entry);
    propagate(plan, entry, target);
  }

  private static void set(
      Plan.Builder plan, Slot mount, long recursive, AttributeChange change, MountEntry entry) {
    if (!change.isEmpty()) {
      plan.add(
          new MountStep.SetAttributes(mount, recursive, change.set(), change.clear(), 0),
          entry.why() + ".options: remount");
    }
  }

  // Devices and the targets of other mounts are made in it first.
  private static boolean isReadOnlyLater(MountEntry entry) {
    return entry.options().isReadOnly()
        && (entry.type().equals("tmpfs") || entry.path().equals("dev"));
  }

  /** Makes those read-only into which something had to be written first. */
  public void finish(Plan.Builder plan) {
    for (MountEntry entry : entries) {
      if (!entry.options().isBind() && isReadOnlyLater(entry)) {
        Slot target = Descriptors.target(plan);
        plan.add(
            new OpenIn(target, Descriptors.root(plan), entry.path(), OpenFlags.O_PATH, 0),
            entry.why() + ".options: ro");
        plan.add(
            new MountStep.SetAttributes(target, 0, MOUNT_ATTR_RDONLY, 0, 0),
            entry.why() + ".options: ro, now that all is in place");
      }
    }
  }
}
