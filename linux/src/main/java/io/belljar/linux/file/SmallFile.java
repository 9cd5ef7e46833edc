package io.belljar.linux.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads files of procfs and cgroupfs. Their size says nothing, so they are read until their end,
 * and nothing else is asked: a stream asks for size and position of each, and a command reads
 * dozens.
 */
public final class SmallFile {
  private static final int USUAL = 4096;
  private static final int SMALL = 512;

  private SmallFile() {}

  /**
   * The file's beginning: all of it where it is not longer than the limit.
   *
   * @param limit how many bytes at most
   */
  public static byte[] read(Path file, int limit) throws IOException {
    return read(file, limit, USUAL, false);
  }

  /**
   * The same of a file that comes whole in one read, if that has the room: a small one on a disk,
   * or one that the kernel makes as a whole. One that it makes of many records, as cgroup.procs,
   * does not.
   */
  public static byte[] readWhole(Path file, int limit) throws IOException {
    return read(file, limit, SMALL, true);
  }

  private static byte[] read(Path file, int limit, int usual, boolean whole) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer buffer = ByteBuffer.allocate(Math.min(limit, usual));
      while (channel.read(buffer) > 0) {
        if (whole && buffer.hasRemaining()) {
          break;
        }
        if (!buffer.hasRemaining() && buffer.capacity() < limit) {
          int larger = (int) Math.min(limit, 4L * buffer.capacity());
          buffer =
              ByteBuffer.wrap(Arrays.copyOf(buffer.array(), larger)).position(buffer.position());
        }
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    }
  }
}
