package io.belljar.runtime.rootfs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;

/**
 * Counts what is read, and lets only so much be read before it is asked for more.
 *
 * <p>The second is against bombs that are no files: the tar library keeps long names and extended
 * headers in memory, however long they are.
 */
final class MeteredInput extends FilterInputStream {
  private long count;
  private long allowed = Long.MAX_VALUE;
  private String complaint = "";

  MeteredInput(InputStream in) {
    super(in);
  }

  long count() {
    return count;
  }

  /** From now on at most {@code bytes} more; what goes beyond fails with the reason given. */
  void allow(long bytes, String otherwise) {
    allowed = bytes;
    complaint = otherwise;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    note(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    note(Math.max(read, 0));
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = super.skip(bytes);
    note(skipped);
    return skipped;
  }

  /** Not supported: a reset would make the count wrong. */
  @Override
  public boolean markSupported() {
    return false;
  }

  private void note(long bytes) throws IOException {
    count += bytes;
    allowed -= bytes;
    if (allowed < 0) {
      throw new FileSystemException("", null, complaint);
    }
  }
}
