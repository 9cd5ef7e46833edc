package io.belljar.runtime.log;

import io.belljar.linux.Errno;
import io.belljar.linux.OpenFlags;
import io.belljar.linux.file.Descriptor;
import io.belljar.linux.file.FileException;
import io.belljar.linux.file.FileStatus;
import io.belljar.runtime.state.OwnFiles;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Reads a container's log from its oldest record on, across rotations, while it grows. What it
 * holds open stays readable when the container is removed.
 */
final class LogReader implements AutoCloseable {
  private static final int CHUNK = 64 << 10;

  /** A monitor writes no longer ones; what has no end for so long is no record. */
  private static final int MOST_LINE = 1 << 20;

  private final Descriptor directory;
  private final boolean growing;
  private final Deque<Descriptor> files = new ArrayDeque<>(); // the one that is read first
  private final byte[] chunk = new byte[CHUNK];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int at;
  private int filled;

  private LogReader(Descriptor directory, boolean growing) {
    this.directory = directory;
    this.growing = growing;
  }

  /**
   * Opens the log of the container with this state directory; empty when it has none.
   *
   * @throws FileException when it cannot be opened
   */
  static Optional<LogReader> open(Path state) {
    int flags = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;
    LogReader reader = new LogReader(Descriptor.open(state.toString(), flags), true);
    try {
      reader.queue(Optional.empty());
      if (!reader.files.isEmpty()) {
        return Optional.of(reader);
      }
      reader.close();
      return Optional.empty();
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Another reader, from the beginning of the files that this one begins with to their end. */
  LogReader soFar() {
    LogReader reader =
        new LogReader(directory.reopen(OpenFlags.O_PATH | OpenFlags.O_DIRECTORY), false);
    try {
      files.forEach(file -> reader.queue(file.reopen(OpenFlags.O_RDONLY)));
      return reader;
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Queues what comes after a file, the older one first. */
  private void queue(Optional<FileStatus> after) {
    // The newer one first: if it is renamed in between, both are the same file, which is seen.
    Optional<Descriptor> newer = file(OwnFiles.LOG);
    Optional<Descriptor> older = file(OwnFiles.OLDER_LOG);
    for (Optional<Descriptor> file : java.util.List.of(older, newer)) {
      file.ifPresent(this::queue);
    }
    if (older.isPresent() && newer.isPresent() && isSame(older.get(), newer.get().status())) {
      files.removeLast().close();
    }
    if (after.isPresent()) {
      while (files.stream().anyMatch(file -> isSame(file, after.get()))) {
        files.remove().close();
      }
    }
  }

  private void queue(Descriptor file) {
    files.add(file);
  }

  private static boolean isSame(Descriptor file, FileStatus status) {
    return file.status().isSame(status);
  }

  private Optional<Descriptor> file(String name) {
    try {
      return Optional.of(directory.entry(name, OpenFlags.O_RDONLY));
    } catch (FileException e) {
      if (e.is(Errno.ENOENT)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The next record; empty when there is none yet. What is no record is left out. */
  Optional<LogRecord> next() {
    while (true) {
      if (at == filled && !fill()) {
        return Optional.empty();
      }
      Optional<LogRecord> record = takeLine().flatMap(LogRecord::parse);
      if (record.isPresent()) {
        return record;
      }
    }
  }

  /** The rest of a line out of what was read, if its end is there. */
  private Optional<byte[]> takeLine() {
    int end = at;
    while (end < filled && chunk[end] != '\n') {
      end++;
    }
    if (line.size() <= MOST_LINE) {
      line.write(chunk, at, end - at);
    }
    if (end == filled) {
      at = end;
      return Optional.empty();
    }
    at = end + 1;
    byte[] whole = line.toByteArray();
    line.reset();
    return Optional.of(whole);
  }

  private boolean fill() {
    while (true) {
      if (read()) {
        return true;
      }
      if (growing && files.size() == 1) {
        // Who renamed it writes no more into it, but may have done since it was read to its end.
        boolean over = isOver();
        if (read()) {
          return true;
        }
        if (!over) {
          return false;
        }
        queueNewer();
      }
      if (files.size() <= 1) {
        return false;
      }
      files.remove().close();
      line.reset(); // a record is in one file, whole
    }
  }

  /** Adds what there is by now, behind the file that has been read to its end. */
  private void queueNewer() {
    Descriptor finished = files.remove();
    try {
      queue(Optional.of(finished.status()));
    } finally {
      files.addFirst(finished);
    }
  }

  private boolean isOver() {
    try (Descriptor newest = directory.entry(OwnFiles.LOG, OpenFlags.O_PATH)) {
      return !isSame(files.getFirst(), newest.status());
    } catch (FileException e) {
      if (e.is(Errno.ENOENT)) {
        return false; // between two names, or removed with the container
      }
      throw e;
    }
  }

  private boolean read() {
    at = 0;
    filled = files.getFirst().read(chunk, CHUNK);
    return filled > 0;
  }

  @Override
  public void close() {
    directory.close();
    files.forEach(Descriptor::close);
    files.clear();
  }
}
