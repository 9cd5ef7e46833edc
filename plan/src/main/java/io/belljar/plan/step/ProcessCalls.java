package io.belljar.plan.step;

import static io.belljar.linux.OpenFlags.O_APPEND;
import static io.belljar.linux.OpenFlags.O_CREAT;
import static io.belljar.linux.OpenFlags.O_DIRECTORY;
import static io.belljar.linux.OpenFlags.O_NOFOLLOW;
import static io.belljar.linux.OpenFlags.O_NONBLOCK;
import static io.belljar.linux.OpenFlags.O_PATH;
import static io.belljar.linux.OpenFlags.O_WRONLY;
import static io.belljar.plan.step.Strace.ANY;
import static io.belljar.plan.step.Strace.CWD;
import static io.belljar.plan.step.Strace.NULL;
import static io.belljar.plan.step.Strace.quote;

import io.belljar.plan.Role;
import io.belljar.plan.WireText;

/** What the steps on processes are to the kernel. */
final class ProcessCalls {
  private static final String ALL = "4294967295";
  private static final String ATTACH =
      "{sa_family=AF_UNIX, sun_path=\"/proc/self/fd/<directory>/attach\"}";

  private ProcessCalls() {}

  static Calls of(ProcessStep step) {
    return switch (step) {
      case ProcessStep.OpenProcess s -> open(s);
      case ProcessStep.SignalProcess s ->
          Calls.of("pidfd_send_signal", Strace.slot(s.pidfd()), Strace.signal(s.signal()), NULL, 0);
      case ProcessStep.AwaitExit s -> poll(Calls.none(), Strace.slot(s.pidfd()), s.milliseconds());
      case ProcessStep.Notify s ->
          Calls.of("sendmsg", NamespaceCalls.channel(s.process()), ANY, "MSG_NOSIGNAL");
      case ProcessStep.Await s ->
          receive(Calls.none().stage(), s.process(), "unless its word is there already");
      case ProcessStep.Adopt s ->
          receive(Calls.none().stage(), s.joiner(), "until it has ended")
              .also("wait4", -1, ANY, ANY, NULL)
              .any("until the joiner is reaped");
      case ProcessStep.DieWithParent s ->
          Calls.of(
              "prctl", "PR_SET_PDEATHSIG", s.signal() == 0 ? "0" : Strace.signal((int) s.signal()));
      case ProcessStep.Reap s ->
          receive(Calls.none().stage(), s.process(), "until it has ended")
              .also("wait4", -1, ANY, ANY, NULL)
              .any("until it is reaped");
      case ProcessStep.Detach s ->
          Calls.of("pipe2", ANY, "O_CLOEXEC")
              .call("clone3", "{flags=0, exit_signal=SIGCHLD, stack=NULL, stack_size=0}", 88)
              .as("<pid of the monitor>")
              .call("setsid");
      case ProcessStep.Wait s -> wait(s);
      case ProcessStep.Supervise s ->
          watch(
              Calls.none()
                  .stage()
                  .also("close_range", 3, ALL, 0)
                  .also("rt_sigprocmask", "SIG_SETMASK", ANY, ANY, 8));
      case ProcessStep.Run s -> run(s);
      case ProcessStep.AwaitStart s -> Calls.of("read", Strace.slot(s.fifo()), ANY, 1);
      case ProcessStep.Start s ->
          FileCalls.open(s.fifo(), O_WRONLY | O_NONBLOCK | O_NOFOLLOW, 0)
              .as("<fifo>")
              .call("write", "<fifo>", "\"s\"", 1)
              .call("unlinkat", CWD, quote(s.fifo()), 0);
      case ProcessStep.Monitor s -> monitor(s);
      case ProcessStep.Attach s -> attach(s);
      case ProcessStep.Print s ->
          Calls.of("write", s.descriptor(), quote(s.text()), WireText.encode(s.text()).length);
      case ProcessStep.Finish s ->
          Calls.of("socket", "AF_UNIX", "SOCK_STREAM|SOCK_CLOEXEC", 0)
              .as("<planner>")
              .also("connect", "<planner>", ANY, ANY)
              .any("until a planner answers; one is started where there is none");
    };
  }

  private static Calls monitor(ProcessStep.Monitor step) {
    String how = Strace.openHow(O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0600, 0);
    return directory(step.directory())
        .call("openat2", "<directory>", "\"log\"", how, 24)
        .call("socket", "AF_UNIX", "SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK", 0)
        .as("<attach>")
        .stage()
        .also("umask", "0177")
        .also("bind", "<attach>", ATTACH, 110)
        .also("umask", ANY)
        .call("listen", "<attach>", 16)
        .also("fcntl", ANY, "F_SETFL", "O_RDONLY|O_NONBLOCK")
        .any("for each pipe of the container's");
  }

  private static Calls attach(ProcessStep.Attach step) {
    boolean raw = (step.flags() & ProcessStep.Attach.TERMINAL) != 0;
    Calls calls =
        directory(step.directory())
            .call("socket", "AF_UNIX", "SOCK_STREAM|SOCK_CLOEXEC", 0)
            .as("<attach>")
            .call("connect", "<attach>", ATTACH, 110)
            .stage()
            .also("rt_sigprocmask", "SIG_SETMASK", ANY, ANY, 8)
            .maybe("for the first time")
            .also("signalfd4", -1, ANY, 8, "SFD_CLOEXEC|SFD_NONBLOCK")
            .as("<signals>")
            .maybe("for the first time");
    if (raw) {
      calls
          .also("ioctl", 0, "TCGETS", ANY)
          .also("ioctl", 0, "TCSETS", ANY)
          .maybe("where it is a terminal: every key as it is");
    }
    return calls
        .stage()
        .also("ppoll", ANY, ANY, NULL, NULL, 8)
        .any("until the container has ended: signals, its output, the caller's input")
        .also("read", "<attach>", ANY, ANY)
        .any("a frame of output")
        .also("write", ANY, ANY, ANY)
        .any("to standard output or error");
  }

  private static Calls directory(String path) {
    return FileCalls.open(path, O_PATH | O_DIRECTORY, 0).as("<directory>");
  }

  private static Calls open(ProcessStep.OpenProcess step) {
    Calls calls = Calls.of("pidfd_open", step.pid(), 0).as(Strace.slot(step.slot()));
    return step.startTime() == 0
        ? calls
        : FileCalls.startTime(calls.stage(), Long.toString(step.pid()));
  }

  private static Calls poll(Calls calls, String descriptor, long milliseconds) {
    String time =
        milliseconds < 0
            ? NULL
            : "{tv_sec=%d, tv_nsec=%d}"
                .formatted(milliseconds / 1000, milliseconds % 1000 * 1_000_000);
    return calls.call("ppoll", "[{fd=" + descriptor + ", events=POLLIN}]", 1, time, NULL, 8);
  }

  private static Calls receive(Calls calls, Role other, String condition) {
    return calls
        .also("ppoll", ANY, ANY, NULL, NULL, 8)
        .any("by the launcher: its signals too")
        .also("recvmsg", NamespaceCalls.channel(other), ANY, ANY)
        .any(condition);
  }

  private static Calls wait(ProcessStep.Wait step) {
    Calls calls =
        Calls.none()
            .stage()
            .also("recvmsg", ANY, ANY, ANY)
            .any("until each child has executed, or has told why not");
    if ((step.flags() & ProcessStep.Wait.PLAIN) != 0) {
      return accompany(step, calls);
    }
    return (step.flags() & ProcessStep.Wait.UNTIL_STARTED) != 0 ? calls : watch(calls);
  }

  private static Calls accompany(ProcessStep.Wait step, Calls calls) {
    boolean stops = (step.flags() & ProcessStep.Wait.STOP_ALONG) != 0;
    calls
        .also("rt_sigprocmask", "SIG_SETMASK", ANY, NULL, 8)
        .also("wait4", Strace.pid(step.process()), ANY, stops ? "WSTOPPED" : "0", NULL);
    if (stops) {
      calls
          .also("kill", ANY, "SIGSTOP")
          .any("for itself, each time that it stopped")
          .also("kill", Strace.pid(step.process()), "SIGCONT")
          .any("afterwards");
    }
    return (step.flags() & ProcessStep.Wait.DIE_ALIKE) == 0
        ? calls
        : calls.also("kill", ANY, ANY).maybe("when a signal ended it: the same, for itself");
  }

  private static Calls watch(Calls calls) {
    return calls
        .also("ppoll", ANY, ANY, NULL, NULL, 8)
        .any("until it has ended: signals, the terminal, the planner")
        .also("read", "<signals>", ANY, ANY)
        .any("for signals that came")
        .also("kill", ANY, ANY)
        .any("for each of them, to pass it on")
        .also("wait4", -1, ANY, ANY, NULL)
        .any("for each process that has ended");
  }

  private static Calls run(ProcessStep.Run step) {
    Calls calls =
        Calls.of("memfd_create", "\"state\"", "MFD_CLOEXEC")
            .as("<state>")
            .also("write", "<state>", ANY, ANY)
            .any("the container's state")
            .also("lseek", "<state>", 0, "SEEK_SET")
            .call(
                "clone3",
                "{flags=CLONE_PIDFD, pidfd=" + ANY + ", exit_signal=SIGCHLD, " + ANY + "}",
                88)
            .as("<pid of the hook>")
            .also("prctl", "PR_SET_PDEATHSIG", "SIGKILL")
            .maybe("in the hook")
            .also("dup3", "<state>", 0, 0)
            .maybe("in the hook")
            .also("dup3", 2, 1, 0)
            .maybe("in the hook")
            .also("close_range", 3, ALL, "CLOSE_RANGE_CLOEXEC")
            .maybe("in the hook")
            .also("rt_sigaction", ANY, "{sa_handler=SIG_DFL, " + ANY + "}", NULL, 8)
            .any("in the hook, for each signal")
            .also("rt_sigprocmask", "SIG_SETMASK", "[]", NULL, 8)
            .maybe("in the hook")
            .also(
                "execve",
                quote(step.path()),
                Strace.vector(step.args()),
                Strace.environment(step.env()))
            .maybe("in the hook");
    long timeout = step.timeoutMillis() == 0 ? -1 : step.timeoutMillis();
    return poll(calls, "<pidfd of the hook>", timeout)
        .also("pidfd_send_signal", "<pidfd of the hook>", "SIGKILL", NULL, 0)
        .maybe("when it takes too long")
        .call("wait4", "<pid of the hook>", ANY, 0, NULL);
  }
}
