package io.belljar.runtime.rootfs;

import io.airlift.compress.v3.MalformedInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Entries of a tar archive from a stream, plain or compressed (found out by its content), which may
 * be damaged or hostile: headers cannot fill the memory, and every damage is an IOException.
 */
public final class ArchiveInput {
  /** Names and extended headers between two files. */
  private static final long MAX_HEADERS = 8 << 20;

  private static final int BUFFER = 64 << 10;

  private ArchiveInput() {}

  /** Takes the entries. */
  @FunctionalInterface
  @SuppressWarnings("exports") // for other packages of this module
  public interface Taker {
    /** Takes an entry; the archive stands at its content. */
    void take(TarArchiveEntry entry, TarArchiveInputStream content) throws IOException;
  }

  /** Reads an archive to its end. An empty one holds nothing, which is no failure. */
  public static void read(InputStream in, Taker taker) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
    try {
      MeteredInput metered = new MeteredInput(Compression.of(buffered).open(buffered));
      var tar = new TarArchiveInputStream(metered, StandardCharsets.UTF_8.name());
      while (true) {
        metered.allow(MAX_HEADERS, "the headers before the next entry are larger than 8 MiB");
        TarArchiveEntry entry = tar.getNextEntry();
        metered.allow(Long.MAX_VALUE, "");
        if (entry == null) {
          break;
        }
        if (!entry.isCheckSumOK()) {
          throw new IOException("is not a tar archive, or is damaged");
        }
        taker.take(entry, tar);
      }
      buffered.transferTo(OutputStream.nullOutputStream());
    } catch (IllegalArgumentException
        | ArithmeticException
        | IndexOutOfBoundsException
        | MalformedInputException e) {
      throw new IOException("is damaged: " + e.getMessage(), e);
    }
  }
}
