package io.belljar.linux.file;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.belljar.linux.FileMode;
import java.lang.foreign.MemorySegment;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * What statx(2) says of a file.
 *
 * @param mode kind and permissions, as in {@link FileMode}
 * @param uid its owner
 * @param gid its group
 * @param size in bytes
 * @param links how many names it has
 * @param inode its number in its file system
 * @param device its file system
 * @param mount the mount that it was reached by
 * @param modified seconds since 1970 and nanoseconds
 * @param special which device a device node stands for
 */
public record FileStatus(
    int mode,
    long uid,
    long gid,
    long size,
    long links,
    long inode,
    Device device,
    long mount,
    Time modified,
    Device special) {
  static final int BYTES = 256;
  static final int MOUNT = 0x1000; // STATX_MNT_ID
  static final int MASK = 0x7ff | MOUNT; // STATX_BASIC_STATS

  /** Where a file is, which the kernel says without asking its file system. */
  record Reached(long mount, Device device) {}

  /** A device number. */
  public record Device(int major, int minor) {}

  /**
   * A time.
   *
   * @param seconds since 1970; a hostile file system gives any
   * @param nanoseconds 0 to 999,999,999
   */
  public record Time(long seconds, int nanoseconds) {
    /** The time as Java has it; its first or last one, where it does not reach. */
    public Instant instant() {
      try {
        return Instant.ofEpochSecond(seconds, nanoseconds);
      } catch (DateTimeException | ArithmeticException e) {
        return seconds < 0 ? Instant.MIN : Instant.MAX;
      }
    }
  }

  /** Reads {@code struct statx} ({@code linux/stat.h}). */
  static FileStatus of(MemorySegment statx) {
    return new FileStatus(
        Short.toUnsignedInt(statx.get(JAVA_SHORT, 28)),
        Integer.toUnsignedLong(statx.get(JAVA_INT, 20)),
        Integer.toUnsignedLong(statx.get(JAVA_INT, 24)),
        statx.get(JAVA_LONG, 40),
        Integer.toUnsignedLong(statx.get(JAVA_INT, 16)),
        statx.get(JAVA_LONG, 32),
        new Device(statx.get(JAVA_INT, 136), statx.get(JAVA_INT, 140)),
        statx.get(JAVA_LONG, 144),
        new Time(statx.get(JAVA_LONG, 112), Math.clamp(statx.get(JAVA_INT, 120), 0, 999_999_999)),
        new Device(statx.get(JAVA_INT, 128), statx.get(JAVA_INT, 132)));
  }

  /** The kind of file: one of {@link FileMode}'s {@code S_IF…}. */
  public int kind() {
    return mode & FileMode.S_IFMT;
  }

  /** The permissions, with setuid, setgid and the sticky bit: 0 to 07777. */
  public int permissions() {
    return mode & 07777;
  }

  public boolean isDirectory() {
    return kind() == FileMode.S_IFDIR;
  }

  public boolean isRegular() {
    return kind() == FileMode.S_IFREG;
  }

  public boolean isLink() {
    return kind() == FileMode.S_IFLNK;
  }

  /** Whether the other is the same file, and was reached by the same mount. */
  public boolean isSame(FileStatus other) {
    return inode == other.inode && device.equals(other.device) && mount == other.mount;
  }
}
