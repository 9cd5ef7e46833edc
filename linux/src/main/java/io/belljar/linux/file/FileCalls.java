package io.belljar.linux.file;

import static io.belljar.linux.call.NativeCall.call;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.belljar.linux.AtFlags;
import io.belljar.linux.Errno;
import io.belljar.linux.ResolveFlags;
import io.belljar.linux.call.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The C library's functions on files, as they are: a result, or a {@link FileException}. */
final class FileCalls {
  private static final long OPENAT2 = 437; // the same on x86-64 and aarch64; glibc has no function
  private static final int CONFINED = ResolveFlags.RESOLVE_BENEATH | ResolveFlags.RESOLVE_IN_ROOT;

  /** A container that renames without pause makes nearly each of them fail, but not all. */
  private static final int MOST_ATTEMPTS = 128;

  private static final MethodHandle SYSCALL =
      Libc.bind(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG),
          1);
  private static final MethodHandle CLOSE = bind("close", JAVA_INT);
  private static final MethodHandle STATX =
      bind("statx", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle FSTATFS = bind("fstatfs", JAVA_INT, ADDRESS);
  private static final MethodHandle GETDENTS = transfer("getdents64");
  private static final MethodHandle READ = transfer("read");
  private static final MethodHandle WRITE = transfer("write");
  private static final MethodHandle PWRITE =
      Libc.bind(
          "pwrite", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle FTRUNCATE = bind("ftruncate", JAVA_INT, JAVA_LONG);
  private static final MethodHandle GETEUID = bind("geteuid");
  private static final MethodHandle READLINKAT =
      Libc.bind(
          "readlinkat", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
  private static final MethodHandle MKDIRAT = bind("mkdirat", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle MKNODAT =
      bind("mknodat", JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG);
  private static final MethodHandle SYMLINKAT = bind("symlinkat", ADDRESS, JAVA_INT, ADDRESS);
  private static final MethodHandle LINKAT =
      bind("linkat", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle RENAMEAT =
      bind("renameat", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
  private static final MethodHandle UNLINKAT = bind("unlinkat", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle FCHOWNAT =
      bind("fchownat", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle FCHMOD = bind("fchmod", JAVA_INT, JAVA_INT);
  private static final MethodHandle CHMOD = bind("chmod", ADDRESS, JAVA_INT);
  private static final MethodHandle UTIMENSAT =
      bind("utimensat", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);

  private FileCalls() {}

  private static MethodHandle bind(String function, java.lang.foreign.MemoryLayout... arguments) {
    return Libc.bind(function, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  /** {@code ssize_t f(int, void *, size_t)}. */
  private static MethodHandle transfer(String function) {
    return Libc.bind(function, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  }

  /** What a call needs: memory for its arguments and its errno. */
  static final class Frame implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment state = arena.allocate(Libc.CALL_STATE);

    MemorySegment text(String name) {
      byte[] bytes = Names.bytes(name);
      MemorySegment text = arena.allocate(bytes.length + 1L);
      MemorySegment.copy(bytes, 0, text, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, bytes.length);
      return text;
    }

    MemorySegment bytes(long size) {
      return arena.allocate(size, 8);
    }

    private long check(long result, String call, String about) {
      if (result < 0) {
        throw new FileException(call + " " + Names.readable(about), Libc.errno(state));
      }
      return result;
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  static int openat2(int at, String path, long flags, long mode, long resolve) {
    requireNoNul(path);
    try (Frame f = new Frame()) {
      MemorySegment text = f.text(path);
      MemorySegment how = f.bytes(24); // struct open_how
      how.setAtIndex(JAVA_LONG, 0, flags);
      how.setAtIndex(JAVA_LONG, 1, mode);
      how.setAtIndex(JAVA_LONG, 2, resolve);
      long result;
      int attempts = 0;
      do {
        result =
            call(() -> (long) SYSCALL.invokeExact(f.state, OPENAT2, at, text, how, how.byteSize()));
      } while (result < 0
          && (resolve & CONFINED) != 0
          && Libc.errno(f.state) == Errno.EAGAIN.number() // something was renamed meanwhile
          && ++attempts < MOST_ATTEMPTS);
      return (int) f.check(result, "openat2", path);
    }
  }

  /** A NUL would end the path early: it would be another one. */
  private static void requireNoNul(String path) {
    if (path.indexOf('\0') >= 0) {
      throw new FileException("open " + Names.readable(path), io.belljar.linux.Errno.EINVAL);
    }
  }

  static void close(int descriptor) {
    try (Frame f = new Frame()) {
      // Whatever it returns, the descriptor is free: close(2), "Dealing with error returns".
      int _ = call(() -> (int) CLOSE.invokeExact(f.state, descriptor));
    }
  }

  static FileStatus statx(int at, String name, int flags) {
    return statx(at, name, flags, FileStatus.MASK);
  }

  /**
   * By which mount a file was reached. Its file system is not asked: FUSE's server need not answer.
   */
  static FileStatus.Reached reached(int descriptor) {
    int flags = AtFlags.AT_EMPTY_PATH | AtFlags.AT_STATX_DONT_SYNC;
    FileStatus status = statx(descriptor, "", flags, FileStatus.MOUNT);
    return new FileStatus.Reached(status.mount(), status.device());
  }

  private static FileStatus statx(int at, String name, int flags, int mask) {
    try (Frame f = new Frame()) {
      MemorySegment text = f.text(name);
      MemorySegment statx = f.bytes(FileStatus.BYTES);
      f.check(
          call(() -> (int) STATX.invokeExact(f.state, at, text, flags, mask, statx)),
          "statx",
          name);
      return FileStatus.of(statx);
    }
  }

  static long filesystem(int descriptor) {
    try (Frame f = new Frame()) {
      MemorySegment statfs = f.bytes(256);
      f.check(call(() -> (int) FSTATFS.invokeExact(f.state, descriptor, statfs)), "fstatfs", "");
      return statfs.get(JAVA_LONG, 0);
    }
  }

  static long getdents(int descriptor, Frame f, MemorySegment buffer) {
    long size = buffer.byteSize();
    return f.check(
        call(() -> (long) GETDENTS.invokeExact(f.state, descriptor, buffer, size)),
        "getdents64",
        "");
  }

  static long read(int descriptor, Frame f, MemorySegment buffer) {
    long size = buffer.byteSize();
    return f.check(
        call(() -> (long) READ.invokeExact(f.state, descriptor, buffer, size)), "read", "");
  }

  static long write(int descriptor, Frame f, MemorySegment buffer) {
    long size = buffer.byteSize();
    return f.check(
        call(() -> (long) WRITE.invokeExact(f.state, descriptor, buffer, size)), "write", "");
  }

  static long pwrite(int descriptor, Frame f, MemorySegment buffer, long offset) {
    long size = buffer.byteSize();
    return f.check(
        call(() -> (long) PWRITE.invokeExact(f.state, descriptor, buffer, size, offset)),
        "pwrite",
        "");
  }

  static void ftruncate(int descriptor, long size) {
    try (Frame f = new Frame()) {
      f.check(call(() -> (int) FTRUNCATE.invokeExact(f.state, descriptor, size)), "ftruncate", "");
    }
  }

  static long geteuid() {
    try (Frame f = new Frame()) {
      return Integer.toUnsignedLong(call(() -> (int) GETEUID.invokeExact(f.state)));
    }
  }

  static String readlinkat(int at, String name) {
    try (Frame f = new Frame()) {
      MemorySegment text = f.text(name);
      MemorySegment target = f.bytes(4096);
      long length =
          f.check(
              call(() -> (long) READLINKAT.invokeExact(f.state, at, text, target, 4096L)),
              "readlinkat",
              name);
      return Names.of(target.asSlice(0, length).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
    }
  }

  static void mkdirat(int at, String name, int mode) {
    try (Frame f = new Frame()) {
      MemorySegment text = f.text(name);
      f.check(call(() -> (int) MKDIRAT.invokeExact(f.state, at, text, mode)), "mkdirat", name);
    }
  }

  static void mknodat(int at, String name, int mode, long device) {
    try (Frame f = new Frame()) {
      MemorySegment text = f.text(name);
      f.check(
          call(() -> (int) MKNODAT.invokeExact(f.state, at, text, mode, device)), "mknodat", name);
    }
  }

  static void symlinkat(String target, int at, String name) {
    requireNoNul(target);
    try (Frame f = new Frame()) {
      MemorySegment from = f.text(target);
      MemorySegment text = f.text(name);
      f.check(call(() -> (int) SYMLINKAT.invokeExact(f.state, from, at, text)), "symlinkat", name);
    }
  }

  static void linkat(int at, String name, int newAt, String newName) {
    try (Frame f = new Frame()) {
      MemorySegment from = f.text(name);
      MemorySegment to = f.text(newName);
      f.check(
          call(() -> (int) LINKAT.invokeExact(f.state, at, from, newAt, to, 0)), "linkat", newName);
    }
  }

  static void renameat(int at, String name, int newAt, String newName) {
    try (Frame f = new Frame()) {
      MemorySegment from = f.text(name);
      MemorySegment to = f.text(newName);
      f.check(
          call(() -> (int) RENAMEAT.invokeExact(f.state, at, from, newAt, to)),
          "renameat",
          newName);
    }
  }

  static void unlinkat(int at, String name, int flags) {
    try (Frame f = new Frame()) {
      MemorySegment text = f.text(name);
      f.check(call(() -> (int) UNLINKAT.invokeExact(f.state, at, text, flags)), "unlinkat", name);
    }
  }

  static void fchownat(int at, String name, int uid, int gid, int flags) {
    try (Frame f = new Frame()) {
      MemorySegment text = f.text(name);
      f.check(
          call(() -> (int) FCHOWNAT.invokeExact(f.state, at, text, uid, gid, flags)),
          "fchownat",
          name);
    }
  }

  static void fchmod(int descriptor, int mode) {
    try (Frame f = new Frame()) {
      f.check(call(() -> (int) FCHMOD.invokeExact(f.state, descriptor, mode)), "fchmod", "");
    }
  }

  static void chmod(String path, int mode) {
    try (Frame f = new Frame()) {
      MemorySegment text = f.text(path);
      f.check(call(() -> (int) CHMOD.invokeExact(f.state, text, mode)), "chmod", path);
    }
  }

  static void utimensat(int at, String name, FileStatus.Time modified, int flags) {
    try (Frame f = new Frame()) {
      MemorySegment text = f.text(name);
      MemorySegment times = f.bytes(32); // access, modification: both are the file's time
      times.setAtIndex(JAVA_LONG, 0, modified.seconds());
      times.setAtIndex(JAVA_LONG, 1, modified.nanoseconds());
      times.setAtIndex(JAVA_LONG, 2, modified.seconds());
      times.setAtIndex(JAVA_LONG, 3, modified.nanoseconds());
      f.check(
          call(() -> (int) UTIMENSAT.invokeExact(f.state, at, text, times, flags)),
          "utimensat",
          name);
    }
  }
}
