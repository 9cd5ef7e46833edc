package io.belljar.plan;

import static io.belljar.plan.Causes.AS_ROOT;
import static io.belljar.plan.Causes.rule;
import static io.belljar.plan.Causes.ruleOf;

import io.belljar.linux.CloneFlags;
import io.belljar.linux.Errno;
import io.belljar.plan.Causes.Rule;
import io.belljar.plan.StepFailure.Cause;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.plan.step.Step;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Why namespaces and processes fail: clone(2), setns(2), user_namespaces(7), capabilities(7). */
final class ProcessCauses {
  static final List<Rule> RULES =
      Stream.of(namespaces(), processes(), identities()).flatMap(List::stream).toList();

  private ProcessCauses() {}

  private static boolean makesUserNamespace(Step step) {
    long flags =
        switch (step) {
          case NamespaceStep.Fork fork -> fork.flags();
          case NamespaceStep.Unshare unshare -> unshare.flags();
          default -> 0;
        };
    return (flags & CloneFlags.CLONE_NEWUSER) != 0;
  }

  private static List<Rule> namespaces() {
    return List.of(
        rule(
            NamespaceStep.Join.class,
            "CAP_SYS_ADMIN in the user namespace that owns it is missing",
            "run it as root",
            Errno.EPERM),
        rule(
            NamespaceStep.Join.class,
            "it is no namespace of this kind, or is joined already",
            "",
            Errno.EINVAL),
        new Rule(
            NamespaceStep.class,
            (step, call) -> makesUserNamespace(step),
            Set.of(Errno.EPERM),
            new Cause(
                "this system does not let this user make user namespaces",
                "look at kernel.unprivileged_userns_clone,"
                    + " kernel.apparmor_restrict_unprivileged_userns and"
                    + " user.max_user_namespaces, or run it as root")),
        rule(NamespaceStep.class, "new namespaces need CAP_SYS_ADMIN", AS_ROOT, Errno.EPERM),
        rule(
            NamespaceStep.class,
            "a limit on namespaces is reached: on their number (user.max_*_namespaces) or on their"
                + " depth (32)",
            "sysctl -w with a higher user.max_*_namespaces, or fewer containers",
            Errno.ENOSPC,
            Errno.EUSERS),
        rule(
            NamespaceStep.class,
            "the limit of processes is reached",
            "look at ulimit -u and at pids.max",
            Errno.EAGAIN),
        rule(
            NamespaceStep.class,
            "the memory is used up, or the first process of the pid namespace has ended",
            "",
            Errno.ENOMEM),
        rule(
            NamespaceStep.class,
            "the kernel was built without one of these namespaces",
            "look at /proc/self/ns",
            Errno.EINVAL),
        rule(
            NamespaceStep.Fork.class,
            "the control group has controllers enabled for its children, so it may have no"
                + " processes, or is threaded",
            "",
            Errno.EBUSY,
            Errno.EOPNOTSUPP),
        rule(
            NamespaceStep.Fork.class,
            "the kernel is older than 5.3, or an outer seccomp filter hides the call",
            "",
            Errno.ENOSYS));
  }

  private static List<Rule> processes() {
    return List.of(
        rule(
            ProcessStep.Start.class,
            "its process has ended, so nobody waits there",
            "delete the container",
            Errno.ENXIO),
        rule(
            ProcessStep.Attach.class,
            "it has ended, or it was not started with run --detach, which a monitor watches",
            "belljar ps -a shows it, belljar logs what it wrote",
            Errno.ENOENT,
            Errno.ECONNREFUSED),
        rule(ProcessStep.Attach.class, "the caller has left it", "", Errno.ECANCELED, Errno.EINTR),
        rule(ProcessStep.Start.class, "it has been started already", "", Errno.ENOENT),
        rule(ProcessStep.class, "the process has ended", "", Errno.ESRCH),
        rule(
            ProcessStep.AwaitExit.class,
            "it takes longer, or waits for a device that does not answer",
            "",
            Errno.ETIMEDOUT));
  }

  private static List<Rule> identities() {
    return List.of(
        rule(
            IdentityStep.SetHostname.class,
            "it has no uts namespace of its own",
            "a new uts namespace",
            Errno.EPERM),
        rule(
            IdentityStep.SetDomainname.class,
            "it has no uts namespace of its own",
            "a new uts namespace",
            Errno.EPERM),
        rule(
            IdentityStep.Limit.class,
            "to raise a hard limit takes CAP_SYS_RESOURCE",
            "a hard limit that is not above the caller's",
            Errno.EPERM),
        ruleOf(
            "setgroups",
            IdentityStep.Become.class,
            "the user namespace denies setgroups",
            "no additional groups",
            Errno.EPERM),
        rule(
            IdentityStep.Become.class,
            "the id is not mapped in the user namespace",
            "a wider mapping of user and group ids",
            Errno.EINVAL),
        rule(
            IdentityStep.Become.class,
            "the user has reached the limit of processes",
            "a higher RLIMIT_NPROC",
            Errno.EAGAIN),
        rule(
            IdentityStep.SetCapabilities.class,
            "the caller does not have one of these capabilities itself",
            "fewer capabilities",
            Errno.EPERM),
        rule(
            IdentityStep.RaiseAmbient.class,
            "an ambient capability must be permitted and inheritable too",
            "",
            Errno.EPERM),
        rule(IdentityStep.BoundCapabilities.class, "CAP_SETPCAP is missing", AS_ROOT, Errno.EPERM),
        rule(
            IdentityStep.FilterCalls.class,
            "the kernel does not know a flag of the filter, or refuses the program",
            "",
            Errno.EINVAL),
        rule(
            IdentityStep.FilterCalls.class,
            "CAP_SYS_ADMIN is missing",
            "noNewPrivileges",
            Errno.EACCES),
        ruleOf(
            "getcwd",
            IdentityStep.ChangeDirectory.class,
            "it lies outside the container's root, as an attack would have it (CVE-2024-21626)",
            "",
            Errno.EXDEV,
            Errno.ENOENT),
        rule(
            IdentityStep.ChangeDirectory.class,
            "there is no such directory in the container",
            "make it in the image",
            Errno.ENOENT),
        rule(
            IdentityStep.ChangeDirectory.class,
            "the user may not enter it",
            "another user or directory",
            Errno.EACCES),
        rule(
            IdentityStep.ChangeDirectory.class, "it is a file in the container", "", Errno.ENOTDIR),
        rule(
            IdentityStep.EnterDirectory.class,
            "the user may not enter it",
            "another user or directory",
            Errno.EACCES),
        rule(
            IdentityStep.OpenTerminal.class,
            "no devpts is mounted on /dev/pts",
            "a mount of devpts there",
            Errno.ENOENT),
        rule(
            IdentityStep.OpenTerminal.class,
            "/dev/pts/ptmx of the container is not the terminal multiplexer",
            "",
            Errno.ENODEV),
        rule(
            IdentityStep.NewKeyring.class,
            "the user's quota of keys is used up",
            "--no-new-keyring",
            Errno.EDQUOT),
        rule(
            IdentityStep.NewKeyring.class,
            "the kernel has no keyrings, or an outer seccomp filter hides the call",
            "--no-new-keyring",
            Errno.ENOSYS));
  }
}
