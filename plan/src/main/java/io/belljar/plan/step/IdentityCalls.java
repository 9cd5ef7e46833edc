package io.belljar.plan.step;

import static io.belljar.linux.OpenFlags.O_NOCTTY;
import static io.belljar.linux.OpenFlags.O_RDWR;
import static io.belljar.plan.step.Strace.ANY;
import static io.belljar.plan.step.Strace.CWD;
import static io.belljar.plan.step.Strace.NULL;
import static io.belljar.plan.step.Strace.quote;

import io.belljar.linux.Capability;
import io.belljar.plan.WireText;
import java.util.List;
import java.util.stream.Collectors;

/** What the steps that make a process the command's are to the kernel. */
final class IdentityCalls {
  private IdentityCalls() {}

  static Calls of(IdentityStep step) {
    return switch (step) {
      case IdentityStep.SetHostname s -> name("sethostname", s.name());
      case IdentityStep.SetDomainname s -> name("setdomainname", s.name());
      case IdentityStep.LoopbackUp s ->
          Calls.of("socket", "AF_INET", "SOCK_DGRAM|SOCK_CLOEXEC", "IPPROTO_IP")
              .as("<socket>")
              .call(
                  "ioctl",
                  "<socket>",
                  "SIOCSIFFLAGS",
                  "{ifr_name=\"lo\", ifr_flags=IFF_UP|IFF_RUNNING}");
      case IdentityStep.Limit s -> limit(s);
      case IdentityStep.SetUmask s -> Calls.of("umask", Strace.mode(s.mask()));
      case IdentityStep.NewSession s -> Calls.of("setsid");
      case IdentityStep.OpenTerminal s -> openTerminal(s);
      case IdentityStep.ControlTerminal s -> controlTerminal(s);
      case IdentityStep.NewKeyring s ->
          Calls.of("keyctl", "KEYCTL_JOIN_SESSION_KEYRING", quote(s.name()));
      case IdentityStep.SetPersonality s -> Calls.of("personality", Strace.persona(s.persona()));
      case IdentityStep.BoundCapabilities s -> bound(s);
      case IdentityStep.Become s -> become(s);
      case IdentityStep.SetCapabilities s -> capabilities(s);
      case IdentityStep.RaiseAmbient s -> ambient(s);
      case IdentityStep.NoNewPrivileges s -> Calls.of("prctl", "PR_SET_NO_NEW_PRIVS", 1, 0, 0, 0);
      case IdentityStep.FilterCalls s ->
          Calls.of(
              "seccomp",
              "SECCOMP_SET_MODE_FILTER",
              Strace.seccompFlags(s.flags()),
              "{len=" + s.program().length() / 8 + ", filter=" + ANY + "}");
      case IdentityStep.ChangeDirectory s -> changeDirectory(s);
      case IdentityStep.FindProgram s -> find(s);
      case IdentityStep.Execute s -> execute(s);
      case IdentityStep.EnterDirectory s -> Calls.of("fchdir", Strace.slot(s.directory()));
    };
  }

  private static Calls name(String call, String name) {
    return Calls.of(call, quote(name), WireText.encode(name).length);
  }

  private static Calls limit(IdentityStep.Limit step) {
    return Calls.of(
        "prlimit64",
        0,
        Strace.resource(step.resource()),
        "{rlim_cur=%s, rlim_max=%s}"
            .formatted(Strace.limit(step.soft()), Strace.limit(step.hard())),
        NULL);
  }

  private static Calls openTerminal(IdentityStep.OpenTerminal step) {
    String master = Strace.slot(step.master());
    Calls calls =
        FileCalls.openIn(Calls.none().stage(), step.root(), "dev/pts/ptmx", O_RDWR | O_NOCTTY, 0)
            .as(master)
            .call("newfstatat", master, "\"\"", "{st_mode=S_IFCHR|" + ANY + "}", "AT_EMPTY_PATH")
            .also("ioctl", master, "TIOCSPTLCK", "[0]")
            .call("ioctl", master, "TIOCGPTPEER", "0x80102")
            .as(Strace.slot(step.slave()));
    if (step.rows() > 0) {
      String size =
          "{ws_row=%d, ws_col=%d, ws_xpixel=0, ws_ypixel=0}".formatted(step.rows(), step.columns());
      calls.call("ioctl", master, "TIOCSWINSZ", size);
    }
    return calls;
  }

  private static Calls controlTerminal(IdentityStep.ControlTerminal step) {
    String slave = Strace.slot(step.slave());
    return Calls.of("ioctl", slave, "TIOCSCTTY", 0)
        .call("dup3", slave, 0, 0)
        .call("dup3", slave, 1, 0)
        .call("dup3", slave, 2, 0);
  }

  /** Those that this program has no name for are dropped too, up to the kernel's last. */
  private static Calls bound(IdentityStep.BoundCapabilities step) {
    Calls calls = Calls.none().stage();
    int known = Capability.values().length;
    for (int number : Strace.bits(~step.mask())) {
      if (number < known) {
        calls
            .also("prctl", "PR_CAPBSET_DROP", Strace.capability(number))
            .maybe("unless the kernel is too old to have it");
      }
    }
    return calls
        .also("prctl", "PR_CAPBSET_DROP", ANY)
        .any("up to the last capability that the kernel has");
  }

  private static Calls become(IdentityStep.Become step) {
    List<Long> groups = step.groupNumbers();
    String list = groups.stream().limit(32).map(Object::toString).collect(Collectors.joining(", "));
    boolean plainly = (step.flags() & IdentityStep.Become.PLAINLY) != 0;
    Calls calls = plainly ? Calls.none() : Calls.of("prctl", "PR_SET_KEEPCAPS", 1);
    if ((step.flags() & IdentityStep.Become.KEEP_GROUPS) == 0) {
      calls.call("setgroups", groups.size(), "[" + list + (groups.size() > 32 ? ", ...]" : "]"));
    }
    calls
        .call("setresgid", id(step.gid()), id(step.gid()), id(step.gid()))
        .call("setresuid", id(step.uid()), id(step.uid()), id(step.uid()));
    if (!plainly) {
      calls.call("prctl", "PR_SET_KEEPCAPS", 0);
    }
    return calls
        .call("prctl", "PR_SET_DUMPABLE", "SUID_DUMP_DISABLE")
        .also("prctl", "PR_SET_PDEATHSIG", ANY)
        .maybe("unless DieWithParent has ended that: a change of user clears it");
  }

  private static Object id(long id) {
    return id == IdentityStep.Become.UNCHANGED ? -1 : (Object) id;
  }

  private static Calls capabilities(IdentityStep.SetCapabilities step) {
    return Calls.of(
        "capset",
        "{version=_LINUX_CAPABILITY_VERSION_3, pid=0}",
        "{effective=%s, permitted=%s, inheritable=%s}"
            .formatted(
                Strace.capabilities(step.effective()),
                Strace.capabilities(step.permitted()),
                Strace.capabilities(step.inheritable())));
  }

  private static Calls ambient(IdentityStep.RaiseAmbient step) {
    Calls calls = Calls.of("prctl", "PR_CAP_AMBIENT", "PR_CAP_AMBIENT_CLEAR_ALL", 0, 0, 0);
    for (int number : Strace.bits(step.mask())) {
      String name = Strace.capability(number);
      calls.call("prctl", "PR_CAP_AMBIENT", "PR_CAP_AMBIENT_RAISE", name, 0, 0);
    }
    return calls;
  }

  private static Calls changeDirectory(IdentityStep.ChangeDirectory step) {
    Calls calls = Calls.of("chdir", quote(step.path()));
    if (step.again() == 0) {
      return calls.call("getcwd", ANY, 4096);
    }
    String condition = "when it was refused before";
    return calls.maybe(condition).call("getcwd", ANY, 4096).maybe(condition);
  }

  private static Calls find(IdentityStep.FindProgram step) {
    Calls calls = Calls.of("close_range", ANY, "4294967295", "CLOSE_RANGE_CLOEXEC").stage();
    for (String candidate : step.candidates()) {
      String condition = "until one is found";
      calls.also("newfstatat", CWD, quote(candidate), ANY, 0).maybe(condition);
      calls.also("faccessat2", CWD, quote(candidate), "X_OK", "AT_EACCESS").maybe(condition);
    }
    return calls;
  }

  private static Calls execute(IdentityStep.Execute step) {
    boolean asCalled = (step.flags() & IdentityStep.Execute.SIGNALS_AS_CALLED) != 0;
    String environment = Strace.environment(step.env());
    Calls calls = Calls.none().stage();
    if (!asCalled) {
      calls
          .also("rt_sigaction", ANY, "{sa_handler=SIG_DFL, " + ANY + "}", NULL, 8)
          .any("for each signal");
    }
    calls
        .also("rt_sigprocmask", "SIG_SETMASK", asCalled ? ANY : "[]", NULL, 8)
        .also("execve", "<program>", Strace.vector(step.args()), environment);
    if ((step.flags() & IdentityStep.Execute.SHELL_SCRIPTS) != 0) {
      calls.also("execve", "\"/bin/sh\"", ANY, environment).maybe("when that was ENOEXEC");
    }
    return calls;
  }
}
