package io.belljar.linux.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.belljar.linux.AtFlags;
import io.belljar.linux.Errno;
import io.belljar.linux.FileMode;
import io.belljar.linux.OpenFlags;
import io.belljar.linux.ResolveFlags;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * An open file, directory or place (O_PATH). For one thread at a time. Always close-on-exec, never
 * a controlling terminal. What is made, changed or removed through it is named by one component and
 * never follows a link.
 *
 * <p>Every method throws {@link FileException} when its system call fails.
 */
public final class Descriptor implements AutoCloseable {
  private static final int CLOSED = -1;

  private int number;

  private final Optional<MountGuard> guard;

  private Descriptor(int number, Optional<MountGuard> guard) {
    this.number = number;
    this.guard = guard;
  }

  /**
   * Opens what the caller of the program named: links are followed as usual.
   *
   * @param path absolute, as there is no working directory that means anything
   * @param flags of {@link OpenFlags}
   */
  public static Descriptor open(String path, int flags) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("not absolute: " + Names.readable(path));
    }
    return new Descriptor(
        FileCalls.openat2(AtFlags.AT_FDCWD, path, always(flags), 0, 0), Optional.empty());
  }

  /**
   * This place (O_PATH) under a guard: what is opened through it, and through that, is reached only
   * by mounts that the guard admits. Take care not to ask this place anything before.
   *
   * @throws FileException also when the place itself is on a mount that is not admitted; it is
   *     closed then
   */
  public Descriptor guarded(MountGuard mounts) {
    try {
      mounts.require(number(), "it");
    } catch (FileException e) {
      close();
      throw e;
    }
    var guarded = new Descriptor(number(), Optional.of(mounts));
    number = CLOSED;
    return guarded;
  }

  /**
   * Opens a path relative to this directory (openat2(2)). Under a guard other mounts are gone
   * through only with RESOLVE_IN_ROOT.
   *
   * @param flags of {@link OpenFlags}
   * @param resolve of {@link io.belljar.linux.ResolveFlags}
   */
  public Descriptor resolve(String path, int flags, int resolve) {
    return new Descriptor(
        guard
            .map(mounts -> guarded(mounts, path, always(flags), resolve))
            .orElseGet(() -> FileCalls.openat2(number(), path, always(flags), 0, resolve)),
        guard);
  }

  /** Most paths stay on one mount, which is admitted: then the kernel goes the way, at once. */
  private int guarded(MountGuard mounts, String path, int flags, int resolve) {
    try {
      return FileCalls.openat2(number(), path, flags, 0, resolve | ResolveFlags.RESOLVE_NO_XDEV);
    } catch (FileException e) {
      if (!e.is(Errno.EXDEV) || (resolve & ResolveFlags.RESOLVE_IN_ROOT) == 0) {
        throw e;
      }
      try (GuardedWalk walk = new GuardedWalk(number(), mounts)) {
        return walk.open(path, flags);
      }
    }
  }

  /**
   * Opens an entry of this directory; a link is not followed but is ELOOP, or itself for O_PATH.
   */
  public Descriptor entry(String name, int flags) {
    Names.requireComponent(name);
    int all = always(flags) | OpenFlags.O_NOFOLLOW;
    int resolve = guard.isPresent() ? ResolveFlags.RESOLVE_IN_ROOT : 0;
    return resolve(name, all, resolve);
  }

  /** Makes a regular file that is not there yet, and opens it for writing. */
  public Descriptor create(String name, int mode) {
    Names.requireComponent(name);
    int flags = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW;
    return new Descriptor(FileCalls.openat2(number(), name, always(flags), mode, 0), guard);
  }

  /**
   * Opens what this place is: neither its name nor what is there by now matters.
   *
   * @param flags of {@link OpenFlags}
   */
  public Descriptor reopen(int flags) {
    return new Descriptor(FileCalls.openat2(AtFlags.AT_FDCWD, link(), always(flags), 0, 0), guard);
  }

  /** openat2(2) takes a place (O_PATH) with no flag that has no meaning for it. */
  private static int always(int flags) {
    boolean place = (flags & OpenFlags.O_PATH) != 0;
    return flags | OpenFlags.O_CLOEXEC | (place ? 0 : OpenFlags.O_NOCTTY);
  }

  private String link() {
    return "/proc/self/fd/" + number();
  }

  /** What it is. */
  public FileStatus status() {
    return FileCalls.statx(number(), "", AtFlags.AT_EMPTY_PATH);
  }

  /** What an entry of this directory is; of a link, the link. */
  public FileStatus status(String name) {
    Names.requireComponent(name);
    if (guard.isPresent()) {
      try (Descriptor place = entry(name, OpenFlags.O_PATH)) {
        return place.status();
      }
    }
    int flags = AtFlags.AT_SYMLINK_NOFOLLOW | AtFlags.AT_NO_AUTOMOUNT;
    return FileCalls.statx(number(), name, flags);
  }

  /** Whether it is in one of the file systems that are the kernel's interfaces. */
  public boolean isKernels() {
    return KernelFiles.TYPES.contains(FileCalls.filesystem(number()));
  }

  /** Whom what is made belongs to (geteuid(2)). */
  public static long user() {
    return FileCalls.geteuid();
  }

  /** The target of the link that this place is. */
  public String target() {
    return FileCalls.readlinkat(number(), "");
  }

  /** The entries of this directory, which is open for reading. */
  public Listing list() {
    return new Listing(number());
  }

  /**
   * Reads the next bytes.
   *
   * @return how many; 0 at the end
   */
  public int read(byte[] into, int most) {
    try (FileCalls.Frame frame = new FileCalls.Frame()) {
      MemorySegment buffer = frame.bytes(Math.min(most, into.length));
      int count = (int) FileCalls.read(number(), frame, buffer);
      MemorySegment.copy(buffer, JAVA_BYTE, 0, into, 0, count);
      return count;
    }
  }

  /** Writes all of the first bytes. */
  public void write(byte[] from, int count) {
    try (FileCalls.Frame frame = new FileCalls.Frame()) {
      MemorySegment buffer = frame.bytes(count);
      MemorySegment.copy(from, 0, buffer, JAVA_BYTE, 0, count);
      for (long done = 0; done < count; ) {
        done += FileCalls.write(number(), frame, buffer.asSlice(done));
      }
    }
  }

  /** Writes all of the first bytes at an offset; what is skipped is a hole. */
  public void write(byte[] from, int count, long offset) {
    try (FileCalls.Frame frame = new FileCalls.Frame()) {
      MemorySegment buffer = frame.bytes(count);
      MemorySegment.copy(from, 0, buffer, JAVA_BYTE, 0, count);
      for (long done = 0; done < count; ) {
        done += FileCalls.pwrite(number(), frame, buffer.asSlice(done), offset + done);
      }
    }
  }

  /** Makes the file, which is open for writing, as long as this; new bytes are 0. */
  public void size(long bytes) {
    FileCalls.ftruncate(number(), bytes);
  }

  /** Makes a directory. */
  public void makeDirectory(String name, int mode) {
    FileCalls.mkdirat(number(), Names.requireComponent(name), mode);
  }

  /** Makes a fifo. */
  public void makeFifo(String name, int mode) {
    FileCalls.mknodat(number(), Names.requireComponent(name), FileMode.S_IFIFO | mode, 0);
  }

  /** Makes a symbolic link. */
  public void makeLink(String name, String target) {
    FileCalls.symlinkat(target, number(), Names.requireComponent(name));
  }

  /** Gives an entry of another directory a second name in this one; of a link, the link itself. */
  public void makeName(String name, Descriptor directory, String existing) {
    FileCalls.linkat(
        directory.number(),
        Names.requireComponent(existing),
        number(),
        Names.requireComponent(name));
  }

  /** Gives an entry another name in this directory; what has that name is replaced. */
  public void rename(String name, String newName) {
    FileCalls.renameat(
        number(), Names.requireComponent(name), number(), Names.requireComponent(newName));
  }

  /** Removes an entry that is no directory. */
  public void remove(String name) {
    FileCalls.unlinkat(number(), Names.requireComponent(name), 0);
  }

  /** Removes an entry that is an empty directory. */
  public void removeDirectory(String name) {
    FileCalls.unlinkat(number(), Names.requireComponent(name), AtFlags.AT_REMOVEDIR);
  }

  /** Changes its owner and group, of a link (O_PATH) too; setuid and setgid go. */
  public void own(long uid, long gid) {
    FileCalls.fchownat(number(), "", (int) uid, (int) gid, AtFlags.AT_EMPTY_PATH);
  }

  /** Changes its permissions; it is not open as a place only. */
  public void permit(int mode) {
    FileCalls.fchmod(number(), mode);
  }

  /** Changes the permissions of a place that is no link; needs /proc. */
  public void permitPlace(int mode) {
    FileCalls.chmod(link(), mode);
  }

  /** Sets both times, of a link (O_PATH) too. */
  public void modified(FileStatus.Time time) {
    FileCalls.utimensat(number(), "", time, AtFlags.AT_EMPTY_PATH);
  }

  private int number() {
    if (number == CLOSED) {
      throw new IllegalStateException("the descriptor is closed");
    }
    return number;
  }

  @Override
  public void close() {
    if (number != CLOSED) {
      int closing = number;
      number = CLOSED;
      FileCalls.close(closing);
    }
  }
}
