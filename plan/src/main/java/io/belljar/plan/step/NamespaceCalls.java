package io.belljar.plan.step;

import static io.belljar.plan.step.Strace.ANY;

import io.belljar.linux.CloneFlags;
import io.belljar.linux.OpenFlags;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import java.util.Locale;

/** What the steps on namespaces are to the kernel. */
final class NamespaceCalls {
  private NamespaceCalls() {}

  static Calls of(NamespaceStep step) {
    return switch (step) {
      case NamespaceStep.Fork s -> fork(s);
      case NamespaceStep.Join s -> join(s);
      case NamespaceStep.OpenOwner s ->
          Calls.of("ioctl", Strace.slot(s.namespace()), "NS_GET_USERNS").as(Strace.slot(s.slot()));
      case NamespaceStep.OpenOfSocket s ->
          Calls.of("pidfd_getfd", Strace.slot(s.pidfd()), s.descriptor(), 0)
              .as("<socket>")
              .call("getsockopt", "<socket>", "SOL_SOCKET", "SO_TYPE", ANY, "[4]")
              .call("ioctl", "<socket>", "SIOCGSKNS")
              .as(Strace.slot(s.slot()));
      case NamespaceStep.Unshare s -> Calls.of("unshare", Strace.kinds(s.flags()));
      case NamespaceStep.JoinTime s ->
          FileCalls.open("/proc/self/ns/time_for_children", OpenFlags.O_RDONLY, 0)
              .as("<namespace>")
              .call("setns", "<namespace>", Strace.kinds(CloneFlags.CLONE_NEWTIME));
    };
  }

  private static Calls join(NamespaceStep.Join step) {
    Calls calls = Calls.of("setns", Strace.slot(step.descriptor()), Strace.kinds(step.kinds()));
    return step.again() == 0 ? calls : calls.maybe("when it was refused before");
  }

  private static Calls fork(NamespaceStep.Fork step) {
    boolean grouped = !step.group().equals(Slot.NONE);
    boolean sibling = (step.flags() & CloneFlags.CLONE_PARENT) != 0;
    long flags = step.flags() | (grouped ? CloneFlags.CLONE_INTO_CGROUP : 0);
    Calls calls =
        Calls.none()
            .stage()
            .also("socketpair", "AF_UNIX", "SOCK_SEQPACKET|SOCK_CLOEXEC", 0, ANY)
            .any("before the first: a channel to each child")
            .also("rt_sigprocmask", "SIG_SETMASK", ANY, ANY, 8)
            .maybe("by the launcher: signals wait from here on")
            .also("signalfd4", -1, ANY, 8, "SFD_CLOEXEC|SFD_NONBLOCK")
            .as("<signals>")
            .maybe("by the launcher")
            .also(
                "clone3",
                "{flags=%s, exit_signal=%s, stack=NULL, stack_size=0%s}"
                    .formatted(
                        cloneFlags(flags),
                        sibling ? "0" : "SIGCHLD",
                        grouped ? ", cgroup=" + Strace.slot(step.group()) : ""),
                88)
            .as(Strace.pid(step.process()))
            .also("prctl", "PR_SET_PDEATHSIG", "SIGKILL")
            .maybe("in the child")
            .also("umask", "000")
            .maybe("in a child of the launcher: modes are as the steps say");
    if (sibling) {
      calls.call("sendmsg", channel(Role.LAUNCHER), ANY, "MSG_NOSIGNAL");
    }
    return calls;
  }

  /** As strace does for clone3: the time namespace's flag, the lowest bit, stands near the end. */
  private static String cloneFlags(long flags) {
    long time = flags & CloneFlags.CLONE_NEWTIME;
    long into = flags & CloneFlags.CLONE_INTO_CGROUP;
    StringBuilder text = new StringBuilder();
    for (long part : new long[] {flags & ~time & ~into, time, into}) {
      if (part != 0) {
        text.append(text.isEmpty() ? "" : "|").append(CloneFlags.TABLE.format(part));
      }
    }
    return text.isEmpty() ? "0" : text.toString();
  }

  /** The socket between launcher and child, from the other's point of view. */
  static String channel(Role other) {
    return "<channel to " + other.name().toLowerCase(Locale.ROOT) + ">";
  }
}
