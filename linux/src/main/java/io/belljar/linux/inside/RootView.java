package io.belljar.linux.inside;

import static io.belljar.linux.call.NativeCall.call;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.belljar.linux.Errno;
import io.belljar.linux.OpenFlags;
import io.belljar.linux.ResolveFlags;
import io.belljar.linux.call.Libc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files below a directory, as a process whose root it is would see them: every path is resolved
 * by openat2(2) with RESOLVE_IN_ROOT, so no link leads out. Nothing is opened but directories, and
 * other files only as O_PATH: no device, fifo or socket notices.
 */
public final class RootView implements AutoCloseable {
  private static final long OPENAT2 = 437;
  private static final long HOW_SIZE = 24;
  private static final int MOST_ATTEMPTS = 128;
  private static final MethodHandle SYSCALL =
      Libc.bind(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG),
          1);
  private static final MethodHandle OPEN =
      Libc.bind("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), 2);
  private static final MethodHandle CLOSE =
      Libc.bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final int root;

  private RootView(int root) {
    this.root = root;
  }

  /**
   * The files below this directory, for example /proc/PID/root.
   *
   * @throws IOException when it cannot be opened, with the errno's name
   */
  public static RootView open(String directory) throws IOException {
    int flags = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY | OpenFlags.O_CLOEXEC;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      MemorySegment text = arena.allocateFrom(directory);
      int descriptor = call(() -> (int) OPEN.invokeExact(state, text, flags, 0));
      if (descriptor < 0) {
        throw new IOException(directory + ": " + Errno.describe(Libc.errno(state)));
      }
      return new RootView(descriptor);
    }
  }

  /** What is at a path; a link at its end is not followed. Empty when nothing can be seen there. */
  public Optional<FileFacts> look(String path) {
    int descriptor = openIn(path, OpenFlags.O_PATH | OpenFlags.O_NOFOLLOW);
    if (descriptor < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(facts(Path.of("/proc/self/fd/" + descriptor)));
    } catch (IOException _) {
      return Optional.empty();
    } finally {
      close(descriptor);
    }
  }

  /** The names in a directory, at most so many; empty when it cannot be read. */
  public List<String> names(String directory, int most) {
    int descriptor = openIn(directory, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY);
    if (descriptor < 0) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(Path.of("/proc/self/fd/" + descriptor))) {
      for (Path entry : entries) {
        if (names.size() == most) {
          break;
        }
        names.add(String.valueOf(entry.getFileName()));
      }
    } catch (IOException | DirectoryIteratorException _) {
      return List.of();
    } finally {
      close(descriptor);
    }
    names.sort(null);
    return names;
  }

  private int openIn(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      MemorySegment text = arena.allocateFrom(path);
      MemorySegment how = arena.allocate(HOW_SIZE, 8);
      how.set(JAVA_LONG, 0, flags | OpenFlags.O_CLOEXEC);
      how.set(JAVA_LONG, 16, ResolveFlags.RESOLVE_IN_ROOT | ResolveFlags.RESOLVE_NO_MAGICLINKS);
      long result;
      int attempts = 0;
      do {
        result = call(() -> (long) SYSCALL.invokeExact(state, OPENAT2, root, text, how, HOW_SIZE));
      } while (result < 0
          && Libc.errno(state) == Errno.EAGAIN.number() // something was renamed meanwhile
          && ++attempts < MOST_ATTEMPTS);
      return (int) result;
    }
  }

  /** The descriptor's own link is followed: to what it holds, whatever that is. */
  private static FileFacts facts(Path descriptor) throws IOException {
    Map<String, Object> all = Files.readAttributes(descriptor, "unix:mode,uid,gid,dev,ino,rdev");
    long rdev = (Long) all.get("rdev");
    return new FileFacts(
        (Integer) all.get("mode"),
        Integer.toUnsignedLong((Integer) all.get("uid")),
        Integer.toUnsignedLong((Integer) all.get("gid")),
        (Long) all.get("dev"),
        (Long) all.get("ino"),
        major(rdev),
        minor(rdev));
  }

  /** As makedev(3) of the C library packs it. */
  private static int major(long device) {
    return (int) (((device >>> 8) & 0xfff) | ((device >>> 32) & 0xfffff000L));
  }

  private static int minor(long device) {
    return (int) ((device & 0xff) | ((device >>> 12) & 0xffffff00L));
  }

  private static void close(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      int _ = call(() -> (int) CLOSE.invokeExact(state, descriptor));
    }
  }

  @Override
  public void close() {
    close(root);
  }
}
