package io.belljar.linux.kernel;

import static io.belljar.linux.call.NativeCall.call;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.belljar.linux.Errno;
import io.belljar.linux.call.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Locale;

/**
 * System calls that are asked for by making them, with arguments that the kernel refuses before it
 * does anything: the errno tells whether it has the call. The numbers are the same on x86-64 and
 * aarch64, as of all calls since Linux 5.1.
 */
public enum KernelCall {
  PIDFD_SEND_SIGNAL(424, "5.1", -1, 0, 0, -1),
  IO_URING_SETUP(425, "5.1", 0, 0, 0, 0),
  OPEN_TREE(428, "5.2", -1, 0, -1, 0),
  MOVE_MOUNT(429, "5.2", -1, 0, -1, 0, -1),
  FSOPEN(430, "5.2", 0, -1, 0, 0),
  PIDFD_OPEN(434, "5.3", 0, 0, 0, 0),
  CLONE3(435, "5.3", 0, 0, 0, 0),
  CLOSE_RANGE(436, "5.9", -1, 0, 0, 0),
  OPENAT2(437, "5.6", -1, 0, 0, 0),
  PIDFD_GETFD(438, "5.6", -1, -1, 0, 0),
  FACCESSAT2(439, "5.8", -1, 0, -1, -1),
  MOUNT_SETATTR(442, "5.12", -1, 0, -1, 0),
  LANDLOCK_CREATE_RULESET(444, "5.13", 0, 0, 1, 0),
  CACHESTAT(451, "6.5", -1, 0, 0, -1),
  FCHMODAT2(452, "6.6", -1, 0, 0, -1),
  STATMOUNT(457, "6.8", 0, 0, 0, -1),
  LISTMOUNT(458, "6.8", 0, 0, 0, -1);

  private static final MethodHandle SYSCALL =
      Libc.bind(
          "syscall",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          1);

  /** How the kernel answered. */
  public enum Answer {
    /** It has the call. */
    AVAILABLE,
    /** It does not have the call: ENOSYS. */
    MISSING,
    /** EPERM: it, or a filter, does not let this user make the call. */
    FORBIDDEN
  }

  private final long number;
  private final String since;
  private final long[] arguments;

  KernelCall(long number, String since, long... arguments) {
    this.number = number;
    this.since = since;
    this.arguments = Arrays.copyOf(arguments, 5);
  }

  /** The name: {@code clone3}. */
  public String callName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The version of Linux that has it first. */
  public String since() {
    return since;
  }

  /** Asks the kernel. */
  public Answer ask() {
    long result = make(number, arguments);
    if (result == -Errno.ENOSYS.number()) {
      return Answer.MISSING;
    }
    return result == -Errno.EPERM.number() ? Answer.FORBIDDEN : Answer.AVAILABLE;
  }

  /** The version of Landlock, from 1; 0 when the kernel has none or has it off. */
  public static int landlockVersion() {
    return (int)
        Math.max(0, make(LANDLOCK_CREATE_RULESET.number, LANDLOCK_CREATE_RULESET.arguments));
  }

  /** The result, or the negative errno. */
  static long make(long number, long... a) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      long result =
          call(() -> (long) SYSCALL.invokeExact(state, number, a[0], a[1], a[2], a[3], a[4]));
      return result < 0 ? -Libc.errno(state) : result;
    }
  }
}
