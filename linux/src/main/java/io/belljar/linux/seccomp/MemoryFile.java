package io.belljar.linux.seccomp;

import static io.belljar.linux.call.NativeCall.call;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.belljar.linux.Errno;
import io.belljar.linux.MemfdFlags;
import io.belljar.linux.call.Libc;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * An unnamed file in memory (memfd_create(2)): libseccomp writes its program to a descriptor, and
 * Java has no way to open one for it.
 */
final class MemoryFile implements AutoCloseable {
  private static final int CHUNK = 16 << 10;
  private static final MethodHandle MEMFD_CREATE =
      Libc.bind("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle PREAD =
      Libc.bind("pread", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle CLOSE =
      Libc.bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final int descriptor;

  private MemoryFile(int descriptor) {
    this.descriptor = descriptor;
  }

  /** Makes a file; the name only shows in /proc. */
  static MemoryFile create(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      MemorySegment text = arena.allocateFrom(name);
      int result = call(() -> (int) MEMFD_CREATE.invokeExact(state, text, MemfdFlags.MFD_CLOEXEC));
      check("memfd_create(\"" + name + "\")", result, state);
      return new MemoryFile(result);
    }
  }

  int descriptor() {
    return descriptor;
  }

  /** Everything that was written. */
  byte[] read() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      MemorySegment buffer = arena.allocate(CHUNK);
      while (true) {
        long offset = bytes.size();
        long count =
            call(() -> (long) PREAD.invokeExact(state, descriptor, buffer, (long) CHUNK, offset));
        check("pread(" + descriptor + ")", count, state);
        if (count == 0) {
          return bytes.toByteArray();
        }
        bytes.writeBytes(buffer.asSlice(0, count).toArray(JAVA_BYTE));
      }
    }
  }

  @Override
  public void close() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      check("close", call(() -> (int) CLOSE.invokeExact(state, descriptor)), state);
    }
  }

  private static void check(String function, long result, MemorySegment state) {
    if (result < 0) {
      throw new SeccompException(function + ": " + Errno.describe(Libc.errno(state)));
    }
  }
}
