package io.belljar.linux;

/** The flags of clone3(2), unshare(2) and setns(2) ({@code linux/sched.h}). */
public final class CloneFlags {
  public static final long CLONE_NEWTIME = 0x00000080L;
  public static final long CLONE_VM = 0x00000100L;
  public static final long CLONE_FS = 0x00000200L;
  public static final long CLONE_FILES = 0x00000400L;
  public static final long CLONE_SIGHAND = 0x00000800L;
  public static final long CLONE_PIDFD = 0x00001000L;
  public static final long CLONE_PTRACE = 0x00002000L;
  public static final long CLONE_VFORK = 0x00004000L;
  public static final long CLONE_PARENT = 0x00008000L;
  public static final long CLONE_THREAD = 0x00010000L;
  public static final long CLONE_NEWNS = 0x00020000L;
  public static final long CLONE_SYSVSEM = 0x00040000L;
  public static final long CLONE_SETTLS = 0x00080000L;
  public static final long CLONE_PARENT_SETTID = 0x00100000L;
  public static final long CLONE_CHILD_CLEARTID = 0x00200000L;
  public static final long CLONE_UNTRACED = 0x00800000L;
  public static final long CLONE_CHILD_SETTID = 0x01000000L;
  public static final long CLONE_NEWCGROUP = 0x02000000L;
  public static final long CLONE_NEWUTS = 0x04000000L;
  public static final long CLONE_NEWIPC = 0x08000000L;
  public static final long CLONE_NEWUSER = 0x10000000L;
  public static final long CLONE_NEWPID = 0x20000000L;
  public static final long CLONE_NEWNET = 0x40000000L;
  public static final long CLONE_IO = 0x80000000L;
  public static final long CLONE_CLEAR_SIGHAND = 0x100000000L;
  public static final long CLONE_INTO_CGROUP = 0x200000000L;

  /** The names, for decoding. */
  public static final FlagTable TABLE =
      FlagTable.of(
          FlagTable.bit("CLONE_NEWTIME", CLONE_NEWTIME),
          FlagTable.bit("CLONE_VM", CLONE_VM),
          FlagTable.bit("CLONE_FS", CLONE_FS),
          FlagTable.bit("CLONE_FILES", CLONE_FILES),
          FlagTable.bit("CLONE_SIGHAND", CLONE_SIGHAND),
          FlagTable.bit("CLONE_PIDFD", CLONE_PIDFD),
          FlagTable.bit("CLONE_PTRACE", CLONE_PTRACE),
          FlagTable.bit("CLONE_VFORK", CLONE_VFORK),
          FlagTable.bit("CLONE_PARENT", CLONE_PARENT),
          FlagTable.bit("CLONE_THREAD", CLONE_THREAD),
          FlagTable.bit("CLONE_NEWNS", CLONE_NEWNS),
          FlagTable.bit("CLONE_SYSVSEM", CLONE_SYSVSEM),
          FlagTable.bit("CLONE_SETTLS", CLONE_SETTLS),
          FlagTable.bit("CLONE_PARENT_SETTID", CLONE_PARENT_SETTID),
          FlagTable.bit("CLONE_CHILD_CLEARTID", CLONE_CHILD_CLEARTID),
          FlagTable.bit("CLONE_UNTRACED", CLONE_UNTRACED),
          FlagTable.bit("CLONE_CHILD_SETTID", CLONE_CHILD_SETTID),
          FlagTable.bit("CLONE_NEWCGROUP", CLONE_NEWCGROUP),
          FlagTable.bit("CLONE_NEWUTS", CLONE_NEWUTS),
          FlagTable.bit("CLONE_NEWIPC", CLONE_NEWIPC),
          FlagTable.bit("CLONE_NEWUSER", CLONE_NEWUSER),
          FlagTable.bit("CLONE_NEWPID", CLONE_NEWPID),
          FlagTable.bit("CLONE_NEWNET", CLONE_NEWNET),
          FlagTable.bit("CLONE_IO", CLONE_IO),
          FlagTable.bit("CLONE_CLEAR_SIGHAND", CLONE_CLEAR_SIGHAND),
          FlagTable.bit("CLONE_INTO_CGROUP", CLONE_INTO_CGROUP));

  private CloneFlags() {}
}
