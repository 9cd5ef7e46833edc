package io.belljar.plan.step;

import static io.belljar.linux.OpenFlags.O_DIRECTORY;
import static io.belljar.linux.OpenFlags.O_NOFOLLOW;
import static io.belljar.linux.OpenFlags.O_PATH;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_NODEV;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_NOEXEC;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_NOSUID;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_RDONLY;
import static io.belljar.plan.step.Strace.ANY;
import static io.belljar.plan.step.Strace.CWD;
import static io.belljar.plan.step.Strace.NULL;
import static io.belljar.plan.step.Strace.quote;

import io.belljar.linux.AtFlags;
import io.belljar.linux.mount.MountFlags;
import io.belljar.linux.mount.MoveMountFlags;
import io.belljar.linux.mount.OpenTreeFlags;
import io.belljar.plan.Slot;
import java.util.List;

/** What the steps on mounts are to the kernel. */
final class MountCalls {
  private static final String MOUNT = "<mount>";
  private static final String FOUND = "<found>";
  private static final List<String> EMPTY = List.of("size=4k", "nr_inodes=2", "mode=755");

  private MountCalls() {}

  static Calls of(MountStep step) {
    return switch (step) {
      case MountStep.Mount s ->
          attach(make(Calls.none(), s.type(), s.source(), s.options(), s.attributes()), s.target());
      case MountStep.Bind s -> bind(s);
      case MountStep.SetAttributes s ->
          set(
              Calls.none(),
              Strace.slot(s.mount()),
              s.recursive() != 0,
              Strace.mountAttributes(s.set(), s.clear(), s.propagation()));
      case MountStep.PivotRoot s ->
          set(
                  FileCalls.open("/", O_PATH | O_DIRECTORY, 0)
                      .as("<old root>")
                      .call("fchdir", Strace.slot(s.root()))
                      .call("pivot_root", "\".\"", "\".\""),
                  "<old root>",
                  true,
                  Strace.mountAttributes(0, 0, MountFlags.MS_SLAVE))
              .call("umount2", "\".\"", "MNT_DETACH")
              .call("chdir", "\"/\"");
      case MountStep.MoveRoot s ->
          Calls.of("fchdir", Strace.slot(s.root()))
              .call(
                  "move_mount",
                  Strace.slot(s.root()),
                  "\"\"",
                  CWD,
                  "\"/\"",
                  MoveMountFlags.TABLE.format(MoveMountFlags.MOVE_MOUNT_F_EMPTY_PATH))
              .call("chroot", "\".\"")
              .call("chdir", "\"/\"");
      case MountStep.ChangeRoot s ->
          Calls.of("fchdir", Strace.slot(s.root())).call("chroot", "\".\"").call("chdir", "\"/\"");
      case MountStep.Mask s -> mask(s);
      case MountStep.Protect s -> protect(s);
      case MountStep.MakeNode s -> makeNode(s);
      case MountStep.MakeLink s ->
          FileCalls.parents(Calls.none().stage(), s.root())
              .also(
                  "symlinkat", quote(s.target()), "<parent>", quote(FileCalls.lastName(s.path())));
    };
  }

  private static Calls make(
      Calls calls, String type, String source, List<String> options, long attributes) {
    calls.call("fsopen", quote(type), "FSOPEN_CLOEXEC").as("<fs>");
    if (!source.isEmpty()) {
      calls.call("fsconfig", "<fs>", "FSCONFIG_SET_STRING", "\"source\"", quote(source), 0);
    }
    for (String option : options) {
      int equals = option.indexOf('=');
      if (equals < 0) {
        calls.call("fsconfig", "<fs>", "FSCONFIG_SET_FLAG", quote(option), NULL, 0);
      } else {
        String key = quote(option.substring(0, equals));
        String value = quote(option.substring(equals + 1));
        calls.call("fsconfig", "<fs>", "FSCONFIG_SET_STRING", key, value, 0);
      }
    }
    return calls
        .call("fsconfig", "<fs>", "FSCONFIG_CMD_CREATE", NULL, NULL, 0)
        .call("fsmount", "<fs>", "FSMOUNT_CLOEXEC", Strace.attributes(attributes))
        .as(MOUNT);
  }

  private static Calls attach(Calls calls, Slot target) {
    return attach(calls, Strace.slot(target));
  }

  private static Calls attach(Calls calls, String target) {
    String flags =
        MoveMountFlags.TABLE.format(
            MoveMountFlags.MOVE_MOUNT_F_EMPTY_PATH | MoveMountFlags.MOVE_MOUNT_T_EMPTY_PATH);
    return calls.call("move_mount", MOUNT, "\"\"", target, "\"\"", flags);
  }

  private static Calls copy(Calls calls, String source, boolean recursive) {
    long flags =
        OpenTreeFlags.OPEN_TREE_CLONE
            | OpenTreeFlags.OPEN_TREE_CLOEXEC
            | AtFlags.AT_EMPTY_PATH
            | (recursive ? AtFlags.AT_RECURSIVE : 0);
    return calls.call("open_tree", source, "\"\"", OpenTreeFlags.TABLE.format(flags)).as(MOUNT);
  }

  private static Calls set(Calls calls, String mount, boolean recursive, String attributes) {
    return calls.call("mount_setattr", mount, "\"\"", Strace.emptyPath(recursive), attributes, 32);
  }

  private static Calls bind(MountStep.Bind step) {
    Calls calls = copy(Calls.none(), Strace.slot(step.source()), step.recursive() != 0);
    if (step.set() != 0 || step.clear() != 0 || step.propagation() != 0) {
      set(
          calls,
          MOUNT,
          false,
          Strace.mountAttributes(step.set(), step.clear(), step.propagation()));
    }
    if (step.recursiveSet() != 0 || step.recursiveClear() != 0) {
      set(
          calls,
          MOUNT,
          true,
          Strace.mountAttributes(step.recursiveSet(), step.recursiveClear(), 0));
    }
    return attach(calls, step.target());
  }

  /** Three ways, of which the launcher takes one; the stages of each count from the same number. */
  private static Calls mask(MountStep.Mask step) {
    Calls calls =
        FileCalls.openIn(Calls.none().stage(), step.root(), step.path(), O_PATH, 0)
            .as(FOUND)
            .call("newfstatat", FOUND, "\"\"", ANY, "AT_EMPTY_PATH")
            .maybe("unless it is missing");
    long attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
    calls.branch(
        attach(make(Calls.none(), "tmpfs", "", EMPTY, attributes), FOUND),
        "for the first directory");
    calls.branch(
        attach(copy(Calls.none(), Strace.slot(step.emptyDirectory()), false), FOUND),
        "for a further directory");
    return calls.branch(maskFile(Strace.slot(step.nullDevice())), "for a file");
  }

  private static Calls maskFile(String nullDevice) {
    Calls calls =
        Calls.of(
            "newfstatat", nullDevice, "\"\"", "{st_mode=S_IFCHR|" + ANY + "}", "AT_EMPTY_PATH");
    String attributes =
        Strace.mountAttributes(MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC, 0, 0);
    return attach(set(copy(calls, nullDevice, false), MOUNT, false, attributes), FOUND);
  }

  private static Calls protect(MountStep.Protect step) {
    Calls calls =
        FileCalls.openIn(Calls.none().stage(), step.root(), step.path(), O_PATH, 0).as(FOUND);
    Calls rest =
        set(
            copy(Calls.none(), FOUND, true),
            MOUNT,
            true,
            Strace.mountAttributes(MOUNT_ATTR_RDONLY, 0, 0));
    return calls.branch(attach(rest, FOUND), "unless it is missing");
  }

  private static Calls makeNode(MountStep.MakeNode step) {
    String name = quote(FileCalls.lastName(step.path()));
    Calls calls =
        FileCalls.parents(Calls.none().stage(), step.root())
            .also(
                "mknodat",
                "<parent>",
                name,
                Strace.mode(step.mode()),
                Strace.device(step.major(), step.minor()))
            .also("openat2", "<parent>", name, Strace.openHow(O_PATH | O_NOFOLLOW, 0, 0), 24)
            .as("<there>")
            .maybe("where it exists")
            .also("newfstatat", "<there>", "\"\"", ANY, "AT_EMPTY_PATH")
            .maybe("where it exists: must be the same device");
    if (step.uid() != 0 || step.gid() != 0) {
      calls
          .call("fchownat", "<parent>", name, step.uid(), step.gid(), "AT_SYMLINK_NOFOLLOW")
          .maybe("where it is new");
    }
    return calls;
  }
}
