package io.belljar.plan;

import static io.belljar.plan.Causes.AS_ROOT;
import static io.belljar.plan.Causes.rule;
import static io.belljar.plan.Causes.ruleOf;
import static io.belljar.plan.Causes.ruleWhere;

import io.belljar.linux.Errno;
import io.belljar.plan.Causes.Rule;
import io.belljar.plan.step.MountStep;
import java.util.List;

/** Why mounts fail: mount_namespaces(7), fsopen(2), mount_setattr(2), pivot_root(2). */
final class MountCauses {
  static final List<Rule> RULES =
      List.of(
          ruleWhere(
              MountStep.Mount.class,
              "proc"::equals,
              "parts of the outer /proc are covered by other mounts, and a user namespace may not"
                  + " see more than its parent; or there is no new pid namespace",
              "a new pid namespace, an outer container with an unmasked /proc, or a bind mount of"
                  + " the outer /proc",
              Errno.EPERM),
          ruleWhere(
              MountStep.Mount.class,
              "sysfs"::equals,
              "sysfs shows the network namespace, and that is not of this user namespace",
              "a new network namespace too, or a bind mount of the outer /sys",
              Errno.EPERM),
          rule(
              MountStep.Mount.class,
              "CAP_SYS_ADMIN is missing, or the file system may not be mounted in a user namespace",
              AS_ROOT,
              Errno.EPERM),
          ruleOf(
              "fsopen",
              MountStep.Mount.class,
              "this kernel does not have the file system; /proc/filesystems lists those it has",
              "modprobe with the file system's name",
              Errno.ENODEV),
          rule(
              MountStep.Mount.class,
              "the kernel is older than 5.2, or an outer seccomp filter hides the call",
              "",
              Errno.ENOSYS),
          ruleWhere(
              MountStep.Mount.class,
              "cgroup"::equals,
              "the controllers are mounted in another combination, or used by cgroup version 2",
              "",
              Errno.EBUSY),
          ruleWhere(
              MountStep.Mount.class,
              "cgroup"::equals,
              "the kernel has no such controller",
              "",
              Errno.ENOENT,
              Errno.EINVAL),
          ruleOf(
              "fsconfig",
              MountStep.Mount.class,
              "the file system does not know an option or its value",
              "",
              Errno.EINVAL),
          rule(
              MountStep.MakeNode.class,
              "a user namespace can't make devices",
              "a bind mount of the host's device",
              Errno.EPERM),
          ruleOf(
              "mount_setattr",
              MountStep.class,
              "the mount came from another user namespace, which locked its flags",
              "the flags that it has already",
              Errno.EPERM),
          rule(
              MountStep.class,
              "CAP_SYS_ADMIN or a mount namespace of its own is missing",
              AS_ROOT,
              Errno.EPERM),
          rule(
              MountStep.PivotRoot.class,
              "the present root is the initial ramfs, or a mount is shared with its parent",
              "--no-pivot",
              Errno.EINVAL),
          ruleOf(
              "open_tree",
              MountStep.class,
              "the source is unbindable, of another mount namespace, or has locked mounts below it",
              "a recursive bind mount (rbind)",
              Errno.EINVAL),
          ruleOf(
              "mount_setattr",
              MountStep.class,
              "the file system does not support the attribute",
              "",
              Errno.EINVAL),
          ruleOf(
              "move_mount",
              MountStep.class,
              "the target is gone, or is below a shared mount",
              "",
              Errno.EINVAL),
          ruleOf(
              "move_mount",
              MountStep.class,
              "a directory can only be mounted on a directory, a file on a file",
              "",
              Errno.ENOTDIR),
          rule(
              MountStep.Mask.class,
              "what was opened as /dev/null is not the null device",
              "",
              Errno.ENODEV),
          rule(
              MountStep.MakeNode.class,
              "something else is there already",
              "remove it from the image",
              Errno.EEXIST),
          rule(
              MountStep.class,
              "the root file system is read-only",
              "make it in the image",
              Errno.EROFS),
          rule(
              MountStep.class,
              "the kernel is older than 5.12, or an outer seccomp filter hides the call",
              "",
              Errno.ENOSYS));

  private MountCauses() {}
}
