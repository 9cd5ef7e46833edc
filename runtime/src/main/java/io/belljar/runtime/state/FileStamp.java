package io.belljar.runtime.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which content a file has, or which names a directory, without reading it: whoever changes it
 * changes this. A file that is put in another's place is another inode; the time is the one that
 * nobody can set (ctime; inode(7)), and the inode of a file that was removed may be given to the
 * next one, but not with its time.
 */
final class FileStamp {
  /**
   * Kernels give files the time of the clock's last tick, at most 10 ms ago, and some file systems
   * keep no more than seconds of it: a change that comes so soon after another gets its time.
   */
  private static final Duration COARSE = Duration.ofSeconds(2);

  private final long device;
  private final long inode;
  private final long size;
  private final Instant changed;

  private FileStamp(Map<String, Object> attributes) {
    this.device = (Long) attributes.get("dev");
    this.inode = (Long) attributes.get("ino");
    this.size = (Long) attributes.get("size");
    this.changed = ((FileTime) attributes.get("ctime")).toInstant();
  }

  /**
   * Of a file or directory that is most likely there, as an exception costs far more than a look; a
   * link is followed. Empty where it is not there.
   */
  static Optional<FileStamp> of(Path file) {
    try {
      return Optional.of(new FileStamp(Files.readAttributes(file, "unix:dev,ino,size,ctime")));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      if (!Files.exists(file)) {
        return Optional.empty(); // what is above it is no directory
      }
      throw new StateException("look at", file, e);
    }
  }

  /**
   * Whether each later change will show in the stamp.
   *
   * @param now a moment before the stamp was taken
   */
  boolean isSettled(Instant now) {
    return changed.plus(COARSE).isBefore(now);
  }

  /** Whether nothing was changed between the two. */
  boolean isSame(FileStamp other) {
    return inode == other.inode
        && size == other.size
        && device == other.device
        && changed.equals(other.changed);
  }
}
