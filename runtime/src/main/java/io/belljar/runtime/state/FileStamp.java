package io.belljar.runtime.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which content a file has, or which names a directory, without reading it: whoever changes it
 * changes this, unless they set the time back. A file that is put in another's place is another
 * inode, one that is written in place has another time; the inode of a file that was removed may be
 * given to the next one, but not with its time.
 */
final class FileStamp {
  /**
   * Kernels give files the time of the clock's last tick, at most 10 ms ago, and some file systems
   * keep no more than seconds of it: a change that comes so soon after another gets its time.
   */
  private static final Duration COARSE = Duration.ofSeconds(2);

  private final Object file;
  private final long size;
  private final Instant modified;

  private FileStamp(BasicFileAttributes attributes) {
    this.file = attributes.fileKey(); // device and inode
    this.size = attributes.size();
    this.modified = attributes.lastModifiedTime().toInstant();
  }

  /** Of a file or directory; a link is followed. Empty where it is not there. */
  static Optional<FileStamp> of(Path file) {
    try {
      // Files.readAttributes throws for what is not there, which costs far more.
      BasicFileAttributes attributes =
          file.getFileSystem().provider().readAttributesIfExists(file, BasicFileAttributes.class);
      return Optional.ofNullable(attributes).map(FileStamp::new);
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
    return modified.plus(COARSE).isBefore(now);
  }

  /** Whether nothing was changed between the two. */
  boolean isSame(FileStamp other) {
    return size == other.size && file.equals(other.file) && modified.equals(other.modified);
  }
}
