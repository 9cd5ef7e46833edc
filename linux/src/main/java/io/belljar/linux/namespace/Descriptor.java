package io.belljar.linux.namespace;

import static io.belljar.linux.call.NativeCall.call;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.belljar.linux.OpenFlags;
import io.belljar.linux.call.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** An open descriptor, and the calls on it that Java has not. */
record Descriptor(int number) implements AutoCloseable {
  /** More than the 120 bytes of struct statfs; its first member is the magic number. */
  private static final long STATFS_ROOM = 256;

  private static final MethodHandle OPEN =
      Libc.bind("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
  private static final MethodHandle IOCTL =
      Libc.bind("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);
  private static final MethodHandle FSTATFS =
      Libc.bind("fstatfs", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle CLOSE =
      Libc.bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  /**
   * Opens a file to read; never waits for one (a fifo that stands where a namespace is expected)
   * and never makes a terminal its own.
   */
  static Descriptor open(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      MemorySegment text = arena.allocateFrom(path.toString());
      int flags =
          OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY | OpenFlags.O_CLOEXEC;
      int result = call(() -> (int) OPEN.invokeExact(state, text, flags));
      if (result < 0) {
        throw new NamespaceException(path.toString(), "open", Libc.errno(state));
      }
      return new Descriptor(result);
    }
  }

  /** Which kind of file system it is on: the magic number that statfs(2) gives. */
  long fileSystem(String what) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      MemorySegment answer = arena.allocate(STATFS_ROOM, Long.BYTES);
      int result = call(() -> (int) FSTATFS.invokeExact(state, number, answer));
      if (result < 0) {
        throw new NamespaceException(what, "fstatfs", Libc.errno(state));
      }
      return answer.get(JAVA_LONG, 0);
    }
  }

  /**
   * ioctl(2).
   *
   * @param what the file, for the message of a failure
   * @param name the request's name, likewise
   * @param argument where the kernel puts what it answers with; {@link MemorySegment#NULL} for none
   */
  int ioctl(String what, String name, long request, MemorySegment argument) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      int result = call(() -> (int) IOCTL.invokeExact(state, number, request, argument));
      if (result < 0) {
        throw new NamespaceException(what, "ioctl " + name, Libc.errno(state));
      }
      return result;
    }
  }

  @Override
  public void close() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      // Whatever it answers, the descriptor is free afterwards (close(2)).
      call(() -> (int) CLOSE.invokeExact(state, number));
    }
  }
}
