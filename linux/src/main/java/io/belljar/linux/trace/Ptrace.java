package io.belljar.linux.trace;

import static io.belljar.linux.call.NativeCall.call;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.belljar.linux.Errno;
import io.belljar.linux.call.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** ptrace(2) and waitpid(2). All calls about one process must come from one thread. */
final class Ptrace {
  static final int SEIZE = 0x4206;
  static final int INTERRUPT = 0x4207;
  static final int GET_FILTER = 0x420c;
  static final int DETACH = 17;

  /** {@code status >> 16} of a stop that is not the delivery of a signal. */
  static final int EVENT_STOP = 128;

  private static final int WNOHANG = 1;
  private static final int WALL = 0x40000000;

  private static final MethodHandle PTRACE =
      Libc.bind(
          "ptrace", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 1);
  private static final MethodHandle WAITPID =
      Libc.bind("waitpid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

  private Ptrace() {}

  /** The result, or the negative errno. */
  static long request(int request, int pid, long address, MemorySegment data) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      long result = call(() -> (long) PTRACE.invokeExact(state, request, pid, address, data));
      return result < 0 ? -Libc.errno(state) : result;
    }
  }

  /** Whether the process has stopped; its status is in {@code status} then. */
  static boolean hasStopped(int pid, MemorySegment status) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      int got = call(() -> (int) WAITPID.invokeExact(state, pid, status, WNOHANG | WALL));
      if (got < 0 && Libc.errno(state) != Errno.EINTR.number()) {
        throw new TraceException("waitpid: " + Errno.describe(Libc.errno(state)));
      }
      return got == pid;
    }
  }
}
