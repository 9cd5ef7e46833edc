package io.belljar.linux.process;

import static io.belljar.linux.call.NativeCall.call;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.belljar.linux.Errno;
import io.belljar.linux.OpenFlags;
import io.belljar.linux.call.Libc;
import io.belljar.linux.call.NativeCall;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The C library's functions on processes and their channels; a failure is an exception. */
final class ProcessCalls {
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_CLOEXEC = OpenFlags.O_CLOEXEC;
  private static final int SHUT_RDWR = 2;

  private static final MethodHandle PIPE2 = bind("pipe2", ADDRESS, JAVA_INT);
  private static final MethodHandle SOCKETPAIR =
      bind("socketpair", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle SHUTDOWN = bind("shutdown", JAVA_INT, JAVA_INT);
  private static final MethodHandle FCNTL =
      Libc.bind("fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), 2);
  private static final MethodHandle CLOSE = bind("close", JAVA_INT);
  private static final MethodHandle RECV = transfer("recv");
  private static final MethodHandle SEND = transfer("send");
  private static final MethodHandle WAITID = bind("waitid", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle WAITPID = bind("waitpid", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle KILL = bind("kill", JAVA_INT, JAVA_INT);

  private ProcessCalls() {}

  private static MethodHandle bind(String function, java.lang.foreign.MemoryLayout... arguments) {
    return Libc.bind(function, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  /** {@code ssize_t f(int, void *, size_t, int)}. */
  private static MethodHandle transfer(String function) {
    return Libc.bind(
        function, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  }

  /** Two descriptors, close-on-exec and none of those that a child has its own at. */
  record Two(int first, int second) {}

  /** The end that is read from, and the end that is written to. */
  static Two pipe() {
    return two(
        "pipe2",
        (state, pair) -> call(() -> (int) PIPE2.invokeExact(state, pair, OpenFlags.O_CLOEXEC)));
  }

  /** Two ends of a stream. */
  static Two socketPair() {
    return two(
        "socketpair",
        (state, pair) ->
            call(() ->
                (int) SOCKETPAIR.invokeExact(state, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair)));
  }

  private interface Pair {
    int make(MemorySegment state, MemorySegment pair);
  }

  private static Two two(String function, Pair make) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      MemorySegment pair = arena.allocate(JAVA_INT, 2);
      check(make.make(state, pair), function, state);
      int second = pair.getAtIndex(JAVA_INT, 1);
      int first;
      try {
        first = raise(pair.getAtIndex(JAVA_INT, 0));
      } catch (ProcessException e) {
        close(second);
        throw e;
      }
      try {
        return new Two(first, raise(second));
      } catch (ProcessException e) {
        close(first);
        throw e;
      }
    }
  }

  /**
   * The descriptor, or one above those that a child has its own at, where this program was started
   * without standard streams; closed when that fails.
   */
  static int raise(int descriptor) {
    if (descriptor >= SpawnActions.FREE) {
      return descriptor;
    }
    try {
      return checked(
          "fcntl(F_DUPFD_CLOEXEC)",
          state -> (int) FCNTL.invokeExact(state, descriptor, F_DUPFD_CLOEXEC, SpawnActions.FREE));
    } finally {
      close(descriptor);
    }
  }

  static void close(int descriptor) {
    withState(state -> (int) CLOSE.invokeExact(state, descriptor));
  }

  static void shutdown(int descriptor) {
    withState(state -> (int) SHUTDOWN.invokeExact(state, descriptor, SHUT_RDWR));
  }

  static long receive(int descriptor, MemorySegment into, int flags) {
    return transfer("recv", RECV, descriptor, into, flags);
  }

  static long send(int descriptor, MemorySegment from, int flags) {
    return transfer("send", SEND, descriptor, from, flags);
  }

  private static long transfer(
      String function, MethodHandle handle, int descriptor, MemorySegment bytes, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      long size = bytes.byteSize();
      while (true) {
        long done = call(() -> (long) handle.invokeExact(state, descriptor, bytes, size, flags));
        if (done >= 0 || Libc.errno(state) != Errno.EINTR.number()) {
          return check(done, function, state);
        }
      }
    }
  }

  /** Waits until a child has ended, and leaves it to be reaped. */
  static void awaitEnd(int pid) {
    final int one = 1; // P_PID
    final int ended = 4 | 0x0100_0000; // WEXITED, WNOWAIT
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment information = arena.allocate(128, 8);
      checked("waitid", state -> (int) WAITID.invokeExact(state, one, pid, information, ended));
    }
  }

  /** Reaps a child that has ended: how, as wait(2) has it. */
  static int reap(int pid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(JAVA_INT);
      checked("waitpid", state -> (int) WAITPID.invokeExact(state, pid, status, 0));
      return status.get(JAVA_INT, 0);
    }
  }

  static void kill(int pid, int signal) {
    withState(state -> (int) KILL.invokeExact(state, pid, signal));
  }

  private interface Call {
    int make(MemorySegment state) throws Throwable;
  }

  /** Whatever it returns. */
  private static void withState(Call function) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      int _ = NativeCall.call(() -> function.make(state));
    }
  }

  private static int checked(String name, Call function) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      while (true) {
        int result = NativeCall.call(() -> function.make(state));
        if (result >= 0 || Libc.errno(state) != Errno.EINTR.number()) {
          return (int) check(result, name, state);
        }
      }
    }
  }

  private static long check(long result, String call, MemorySegment state) {
    if (result < 0) {
      throw new ProcessException(call, Libc.errno(state));
    }
    return result;
  }
}
