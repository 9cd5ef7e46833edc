package io.belljar.plan;

import static io.belljar.plan.Causes.OUTSIDE;
import static io.belljar.plan.Causes.rule;
import static io.belljar.plan.Causes.ruleWhere;

import io.belljar.linux.Errno;
import io.belljar.plan.Causes.Rule;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.GroupStep;
import java.util.List;

/** Why files and control groups fail: openat2(2), cgroups(7), user_namespaces(7), proc(5). */
final class FileCauses {
  private static final String GROUPS = "/sys/fs/cgroup";

  static final List<Rule> RULES =
      List.of(
          ruleWhere(
              FileStep.Write.class,
              path -> path.startsWith(GROUPS),
              "the controller is not enabled for this group, or the kernel has no such limit",
              "",
              Errno.ENOENT),
          ruleWhere(
              FileStep.Write.class,
              path -> path.startsWith(GROUPS),
              "the controller does not accept this value",
              "",
              Errno.EINVAL,
              Errno.ERANGE),
          ruleWhere(
              FileStep.class,
              path -> path.startsWith(GROUPS),
              "the control group belongs to another user or is read-only",
              "delegate it, or run it as root",
              Errno.EACCES,
              Errno.EPERM,
              Errno.EROFS),
          ruleWhere(
              FileStep.Write.class,
              path -> path.startsWith(GROUPS),
              "the group uses more than the new limit already, or has processes of its own",
              "",
              Errno.EBUSY),
          ruleWhere(
              FileStep.Write.class,
              path -> path.startsWith(GROUPS),
              "the CPUs or memory nodes are not among the parent group's",
              "",
              Errno.ENOSPC),
          ruleWhere(
              FileStep.MakeDirectory.class,
              path -> path.startsWith(GROUPS),
              "there are too many control groups, removed ones whose memory is in use included",
              "",
              Errno.ENOSPC,
              Errno.ENOMEM),
          ruleWhere(
              FileStep.MakeDirectory.class,
              path -> path.startsWith(GROUPS),
              "cgroup.max.descendants or cgroup.max.depth of a parent is reached",
              "",
              Errno.EAGAIN),
          rule(
              FileStep.MakeDirectory.class,
              "a container of this name is there, or was not removed",
              "another name",
              Errno.EEXIST),
          rule(
              FileStep.WriteMap.class,
              "to map other ids than one's own takes CAP_SETUID and CAP_SETGID outside",
              "run it as root, or map one's own id only",
              Errno.EPERM),
          rule(
              FileStep.WriteMap.class,
              "ranges overlap, or an id is not mapped in the parent namespace",
              "",
              Errno.EINVAL),
          ruleWhere(
              FileStep.WriteProc.class,
              path -> path.endsWith("oom_score_adj"),
              "to lower it takes CAP_SYS_RESOURCE",
              "a higher oomScoreAdj",
              Errno.EACCES,
              Errno.EPERM),
          rule(
              FileStep.WriteProc.class,
              "the kernel has no such setting, or not in this kind of namespace",
              "",
              Errno.ENOENT),
          rule(
              FileStep.WriteProc.class,
              "the kernel does not accept this value",
              "",
              Errno.EINVAL,
              Errno.ERANGE),
          rule(
              FileStep.WriteProc.class,
              "the setting is not of the container's namespaces",
              "",
              Errno.EACCES,
              Errno.EPERM,
              Errno.EROFS),
          rule(
              FileStep.WriteProc.class,
              "another mount or a link stands in the way, and none is followed",
              "",
              Errno.EXDEV,
              Errno.ELOOP),
          rule(
              FileStep.Connect.class, "nobody listens there", "", Errno.ENOENT, Errno.ECONNREFUSED),
          rule(
              FileStep.CreateIn.class,
              "the root file system is read-only",
              "make it in the image",
              Errno.EROFS),
          rule(FileStep.CreateIn.class, "a part of the path is a file", "", Errno.ENOTDIR),
          rule(FileStep.class, OUTSIDE, "", Errno.EXDEV, Errno.ELOOP),
          rule(
              GroupStep.Place.class,
              "the group has controllers enabled for its children, so it may have no processes",
              "a group of its own",
              Errno.EBUSY),
          rule(
              GroupStep.Place.class,
              "cpuset.cpus or cpuset.mems of the group is empty",
              "",
              Errno.ENOSPC),
          rule(
              GroupStep.Enter.class,
              "cpuset.cpus or cpuset.mems of the group is empty",
              "",
              Errno.ENOSPC),
          rule(GroupStep.Place.class, "the process has ended already", "", Errno.ESRCH),
          rule(GroupStep.Place.class, "the group is threaded", "", Errno.EOPNOTSUPP),
          rule(
              GroupStep.Place.class,
              "the process has a real-time policy, for which the group has no time",
              "",
              Errno.EINVAL),
          rule(
              GroupStep.Enter.class,
              "the process has a real-time policy, for which the group has no time",
              "",
              Errno.EINVAL),
          rule(
              GroupStep.Remove.class,
              "a process in it can't be killed, as it waits for a device or a network file system",
              "",
              Errno.EBUSY),
          rule(
              GroupStep.FilterDevices.class,
              "CAP_BPF or CAP_SYS_ADMIN is missing, or a parent's filter allows no other",
              "run it as root",
              Errno.EPERM),
          rule(
              GroupStep.FilterDevices.class,
              "the kernel was built without CONFIG_CGROUP_BPF, or refuses the program",
              "",
              Errno.EINVAL));

  private FileCauses() {}
}
