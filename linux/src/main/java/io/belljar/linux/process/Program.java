package io.belljar.linux.process;

import static io.belljar.linux.call.NativeCall.call;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.belljar.linux.Errno;
import io.belljar.linux.MemfdFlags;
import io.belljar.linux.SealFlags;
import io.belljar.linux.call.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * An executable file in memory, which nothing can write to any more, whoever gets hold of it
 * through /proc/PID/exe of a process that executes it (memfd_create(2), {@code F_ADD_SEALS} of
 * fcntl(2)). It needs no place in the file system from which it may be executed, and stays as long
 * as this program.
 */
public final class Program {
  private static final int F_ADD_SEALS = 1033;
  private static final int SEALS =
      SealFlags.F_SEAL_SEAL
          | SealFlags.F_SEAL_SHRINK
          | SealFlags.F_SEAL_GROW
          | SealFlags.F_SEAL_WRITE;

  /** From Linux 6.3 on; without it, a machine's setting decides (vm.memfd_noexec). */
  private static final int MFD_EXEC = 0x10;

  private static final MethodHandle MEMFD_CREATE =
      Libc.bind("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle WRITE =
      Libc.bind("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle FCNTL =
      Libc.bind("fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), 2);

  private final int descriptor;

  private Program(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * A program of this content.
   *
   * @param name only shows in /proc
   * @throws ProcessException when the kernel, or the machine's settings, do not let it be made
   */
  public static Program of(String name, byte[] content) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      int descriptor = ProcessCalls.raise(create(arena.allocateFrom(name), state));
      boolean made = false;
      try {
        write(descriptor, arena.allocateFrom(JAVA_BYTE, content), state);
        check(
            call(() -> (int) FCNTL.invokeExact(state, descriptor, F_ADD_SEALS, SEALS)),
            "fcntl(F_ADD_SEALS)",
            state);
        made = true;
        return new Program(descriptor);
      } finally {
        if (!made) {
          ProcessCalls.close(descriptor);
        }
      }
    }
  }

  private static int create(MemorySegment name, MemorySegment state) {
    int flags = MemfdFlags.MFD_CLOEXEC | MemfdFlags.MFD_ALLOW_SEALING;
    int made = call(() -> (int) MEMFD_CREATE.invokeExact(state, name, flags | MFD_EXEC));
    if (made < 0 && Libc.errno(state) == Errno.EINVAL.number()) {
      made = call(() -> (int) MEMFD_CREATE.invokeExact(state, name, flags));
    }
    check(made, "memfd_create", state);
    return made;
  }

  private static void write(int descriptor, MemorySegment content, MemorySegment state) {
    for (long done = 0; done < content.byteSize(); ) {
      MemorySegment rest = content.asSlice(done);
      long size = rest.byteSize();
      long written = call(() -> (long) WRITE.invokeExact(state, descriptor, rest, size));
      check(written, "write", state);
      done += written;
    }
  }

  private static void check(long result, String call, MemorySegment state) {
    if (result < 0) {
      throw new ProcessException(call, Libc.errno(state));
    }
  }

  int descriptor() {
    return descriptor;
  }
}
