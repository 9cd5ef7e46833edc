package io.belljar.linux.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The names in a directory, without {@code .} and {@code ..}, as they are asked for: a directory of
 * any size costs no more memory than a part of it.
 */
public final class Listing {
  private static final int PART = 32 << 10;
  private static final int NAME = 19; // offsetof(struct linux_dirent64, d_name)
  private static final int LENGTH = 16; // offsetof(struct linux_dirent64, d_reclen)

  private final int directory;
  private final Deque<String> names = new ArrayDeque<>();

  Listing(int directory) {
    this.directory = directory;
  }

  /** The next name; empty after the last. */
  public Optional<String> next() {
    while (names.isEmpty()) {
      if (!read()) {
        return Optional.empty();
      }
    }
    return Optional.of(names.remove());
  }

  private boolean read() {
    try (FileCalls.Frame frame = new FileCalls.Frame()) {
      MemorySegment buffer = frame.bytes(PART);
      long count = FileCalls.getdents(directory, frame, buffer);
      for (long at = 0; at < count; ) {
        int length = Short.toUnsignedInt(buffer.get(JAVA_SHORT, at + LENGTH));
        add(buffer.asSlice(at + NAME, length - NAME));
        at += length;
      }
      return count > 0;
    }
  }

  private void add(MemorySegment padded) {
    byte[] bytes = padded.toArray(JAVA_BYTE);
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    String name = Names.of(bytes).substring(0, length);
    // A file system of the container's own (FUSE) says what it likes.
    if (!name.equals(".") && !name.equals("..") && !name.isEmpty() && name.indexOf('/') < 0) {
      names.add(name);
    }
  }
}
