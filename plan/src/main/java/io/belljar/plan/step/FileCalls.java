package io.belljar.plan.step;

import static io.belljar.linux.OpenFlags.O_CREAT;
import static io.belljar.linux.OpenFlags.O_DIRECTORY;
import static io.belljar.linux.OpenFlags.O_EXCL;
import static io.belljar.linux.OpenFlags.O_NOFOLLOW;
import static io.belljar.linux.OpenFlags.O_PATH;
import static io.belljar.linux.OpenFlags.O_RDONLY;
import static io.belljar.linux.OpenFlags.O_WRONLY;
import static io.belljar.linux.ResolveFlags.RESOLVE_BENEATH;
import static io.belljar.linux.ResolveFlags.RESOLVE_IN_ROOT;
import static io.belljar.linux.ResolveFlags.RESOLVE_NO_MAGICLINKS;
import static io.belljar.linux.ResolveFlags.RESOLVE_NO_SYMLINKS;
import static io.belljar.linux.ResolveFlags.RESOLVE_NO_XDEV;
import static io.belljar.plan.step.Strace.ANY;
import static io.belljar.plan.step.Strace.CWD;
import static io.belljar.plan.step.Strace.quote;

import io.belljar.linux.FileMode;
import io.belljar.plan.Bytes;
import io.belljar.plan.Slot;
import io.belljar.plan.WireText;

/** What the steps on files are to the kernel. */
final class FileCalls {
  private static final String FILE = "<file>";

  private FileCalls() {}

  static Calls of(FileStep step) {
    return switch (step) {
      case FileStep.Open s -> open(s.path(), s.flags(), s.mode()).as(Strace.slot(s.slot()));
      case FileStep.OpenIn s ->
          openIn(Calls.none().stage(), s.root(), s.path(), s.flags(), s.resolve())
              .as(Strace.slot(s.slot()));
      case FileStep.CreateIn s -> create(s);
      case FileStep.Close s -> Calls.of("close", Strace.slot(s.slot()));
      case FileStep.Connect s -> connect(s);
      case FileStep.Send s -> send(s);
      case FileStep.Stdio s -> Calls.of("dup3", Strace.slot(s.slot()), s.number(), 0);
      case FileStep.StdioOwner s -> own(s);
      case FileStep.MakePipe s ->
          Calls.of(
              "pipe2",
              "[" + Strace.slot(s.reading()) + ", " + Strace.slot(s.writing()) + "]",
              "O_CLOEXEC");
      case FileStep.Write s -> write(s.path(), s.data());
      case FileStep.WriteProc s -> writeProc(s);
      case FileStep.WriteMap s ->
          write("/proc/" + Strace.pid(s.process()) + "/" + s.name(), s.data());
      case FileStep.MakeDirectory s ->
          Calls.of("mkdirat", CWD, quote(s.path()), Strace.mode(s.mode()));
      case FileStep.MakeFifo s -> makeFifo(s);
      case FileStep.RemoveFile s -> Calls.of("unlinkat", CWD, quote(s.path()), 0);
      case FileStep.RemoveDirectory s -> Calls.of("unlinkat", CWD, quote(s.path()), "AT_REMOVEDIR");
      case FileStep.RemoveTree s -> removeTree(s);
      case FileStep.RecordPid s -> recordPid(s);
      case FileStep.RecordStatus s -> replace(Calls.none(), s.path(), true);
    };
  }

  static Calls open(String path, long flags, long mode) {
    return open(Calls.none().stage(), path, flags, mode);
  }

  static Calls open(Calls calls, String path, long flags, long mode) {
    return calls.also("openat2", CWD, quote(path), Strace.openHow(flags, mode, 0), 24);
  }

  static Calls openIn(Calls calls, Slot root, String path, long flags, long resolve) {
    String how = Strace.openHow(flags, 0, resolve | RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
    return calls.also("openat2", Strace.slot(root), quote(path), how, 24);
  }

  /** Opens the directory that is to hold a path; a part of the stage that is under way. */
  static Calls parents(Calls calls, Slot root) {
    String how = Strace.openHow(O_PATH | O_DIRECTORY, 0, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
    return calls
        .also("openat2", Strace.slot(root), ANY, how, 24)
        .as("<parent>")
        .any("for each parent")
        .also("mkdirat", "<parent>", ANY, "0755")
        .any("for each parent that is missing");
  }

  static String lastName(String path) {
    String bare = path.replaceAll("/+$", "");
    return bare.substring(bare.lastIndexOf('/') + 1);
  }

  private static Calls create(FileStep.CreateIn step) {
    Slot root = step.root();
    Calls calls = openIn(Calls.none().stage(), root, step.path(), O_PATH, step.resolve());
    calls.as(Strace.slot(step.slot()));
    String name = quote(lastName(step.path()));
    parents(calls.stage(), root);
    if (step.kind() == FileStep.CreateIn.DIRECTORY) {
      calls.call("mkdirat", "<parent>", name, Strace.mode(step.mode()));
    } else {
      calls.call("mknodat", "<parent>", name, Strace.mode(FileMode.S_IFREG | step.mode()));
    }
    calls.maybe("where it is missing");
    return openIn(calls.stage(), root, step.path(), O_PATH, step.resolve())
        .as(Strace.slot(step.slot()))
        .maybe("where it was missing");
  }

  private static Calls connect(FileStep.Connect step) {
    return Calls.of("socket", "AF_UNIX", "SOCK_STREAM|SOCK_CLOEXEC", 0)
        .as(Strace.slot(step.slot()))
        .call(
            "connect",
            Strace.slot(step.slot()),
            "{sa_family=AF_UNIX, sun_path=" + quote(step.path()) + "}",
            110);
  }

  private static Calls send(FileStep.Send step) {
    boolean relayed = step.socket().equals(Slot.NONE);
    String message =
        relayed
            ? "{iov_base=" + ANY + "}"
            : "{iov_base=%s, iov_len=%d}"
                .formatted(quote(step.name()), WireText.encode(step.name()).length);
    return Calls.of(
        "sendmsg",
        relayed ? "<channel to launcher>" : Strace.slot(step.socket()),
        ("{msg_name=NULL, msg_namelen=0, msg_iov=[%s], msg_iovlen=1, msg_control=[{cmsg_len=20,"
                + " cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[%s]}],"
                + " msg_controllen=24, msg_flags=0}")
            .formatted(message, Strace.slot(step.descriptor())),
        "MSG_NOSIGNAL");
  }

  private static Calls own(FileStep.StdioOwner step) {
    Calls calls = Calls.none().stage();
    for (int descriptor = 0; descriptor < 3; descriptor++) {
      calls
          .also("newfstatat", descriptor, "\"\"", ANY, "AT_EMPTY_PATH")
          .also("fchown", descriptor, step.uid(), step.gid())
          .maybe("unless it is /dev/null or the user's already");
    }
    return calls;
  }

  static Calls write(String path, Bytes data) {
    Calls calls = open(path, O_WRONLY, 0).as(FILE);
    return data.length() == 0 ? calls : calls.call("write", FILE, quote(data), data.length());
  }

  private static Calls writeProc(FileStep.WriteProc step) {
    String how =
        Strace.openHow(O_WRONLY, 0, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV);
    return Calls.of("openat2", Strace.slot(step.proc()), quote(step.path()), how, 24)
        .as(FILE)
        .call("fstatfs", FILE, "{f_type=PROC_SUPER_MAGIC, " + ANY + "}")
        .call("write", FILE, quote(step.data()), step.data().length());
  }

  private static Calls makeFifo(FileStep.MakeFifo step) {
    Calls calls = Calls.of("mknodat", CWD, quote(step.path()), "S_IFIFO|0600");
    if (step.uid() != 0 || step.gid() != 0) {
      calls.call(
          "fchownat", CWD, quote(step.path()), step.uid(), step.gid(), "AT_SYMLINK_NOFOLLOW");
    }
    return calls;
  }

  private static Calls removeTree(FileStep.RemoveTree step) {
    String how = Strace.openHow(O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, 0);
    String inner = Strace.openHow(O_RDONLY | O_DIRECTORY, 0, RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV);
    return Calls.of("openat2", CWD, quote(step.path()), how, 24)
        .as("<top>")
        .call("lseek", ANY, 0, "SEEK_SET")
        .any("until a directory is empty")
        .also("getdents64", ANY, ANY, ANY)
        .any("until a directory is empty")
        .also("unlinkat", ANY, ANY, 0)
        .any("for each entry")
        .also("unlinkat", ANY, ANY, "AT_REMOVEDIR")
        .any("for each directory")
        .also("openat2", "<top>", ANY, inner, 24)
        .as("<directory>")
        .any("for each directory that is not empty")
        .also("renameat", "<directory>", ANY, "<top>", ANY)
        .any("for each that is not empty in that")
        .call("unlinkat", CWD, quote(step.path()), "AT_REMOVEDIR");
  }

  private static Calls recordPid(FileStep.RecordPid step) {
    Calls calls = Calls.none();
    if (step.form() == FileStep.RecordPid.WITH_START) {
      startTime(calls.stage(), Strace.pid(step.process()));
    }
    return replace(calls, step.path(), false);
  }

  /** Reads when a process started; a part of the stage that is under way. */
  static Calls startTime(Calls calls, String pid) {
    return open(calls, "/proc/" + pid + "/stat", O_RDONLY, 0)
        .as("<stat>")
        .also("read", "<stat>", ANY, ANY);
  }

  /** The new content appears under another name first, so that no reader sees half of it. */
  private static Calls replace(Calls calls, String path, boolean durable) {
    String other = path + ".tmp";
    calls.call("unlinkat", CWD, quote(other), 0);
    open(calls.stage(), other, O_WRONLY | O_CREAT | O_EXCL, 0644).as(FILE);
    calls.call("write", FILE, ANY, ANY);
    if (durable) {
      calls.call("fsync", FILE);
    }
    return calls.call("renameat", CWD, quote(other), CWD, quote(path));
  }
}
