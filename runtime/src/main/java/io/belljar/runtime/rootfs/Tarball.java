package io.belljar.runtime.rootfs;

import io.airlift.compress.v3.MalformedInputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A tarball that holds a root file system, plain or compressed with gzip, xz, zstd or bzip2 (found
 * out by its content, not by its name).
 *
 * <p>The tarball is taken for hostile: {@link Unpacking} says what becomes of each kind of entry.
 *
 * @param file where it is; also the first word of each message
 */
public record Tarball(Path file, Limits limits) {
  /** Names and extended headers between two files; a sparse file's map is part of that. */
  private static final long MAX_HEADERS = 8 << 20;

  /** Archivers fill their last block with zeros: with GNU tar 10 KiB, on tapes more. */
  private static final long MAX_TRAILER = 64 << 20;

  /** A tarball with the usual limits. */
  public static Tarball of(Path file) {
    return new Tarball(file, Limits.DEFAULT);
  }

  /**
   * Unpacks.
   *
   * @param root does not exist; its parent is a directory that only this user may use
   * @throws RootfsException a file cannot be read or written, or the tarball is damaged, hostile or
   *     too large; nothing is left behind
   */
  public Unpacked unpack(Path root, Progress progress) {
    requireFile();
    FreshRoot fresh = FreshRoot.create(root);
    try (InputStream raw = Files.newInputStream(file)) {
      MeteredInput onDisk = new MeteredInput(raw);
      BufferedInputStream buffered = new BufferedInputStream(onDisk, 1 << 16);
      Compression compression = Compression.of(buffered);
      Unpacking unpacking =
          new Unpacking(file.toString(), Files.size(file), onDisk, limits, fresh, progress);
      try {
        return unpack(compression.open(buffered), unpacking);
      } catch (IOException e) {
        throw RootfsException.of(unpacking.subject(), damage(e, compression, unpacking.begun()));
      } catch (MalformedInputException e) {
        throw RootfsException.of(
            unpacking.subject(),
            damage(new IOException(e.getMessage(), e), compression, unpacking.begun()));
      }
    } catch (IOException e) {
      throw fresh.abandon(RootfsException.of(file.toString(), e));
    } catch (RuntimeException e) {
      throw fresh.abandon(e);
    }
  }

  /** What is about files or ends too early speaks for itself; the rest comes from the decoders. */
  private static IOException damage(IOException e, Compression compression, boolean begun) {
    if (e instanceof FileSystemException || e instanceof EOFException) {
      return e;
    }
    if (compression == Compression.NONE && !begun) {
      return new FileSystemException("", null, "is not a tar archive");
    }
    String message = String.valueOf(e.getMessage());
    if (compression == Compression.ZSTD && message.contains("Window size")) {
      return new IOException(
          "its zstd window is over 8 MiB: compress it without --ultra or --long");
    }
    return message.contains("runcated")
        ? new EOFException(message)
        : new IOException("damaged " + compression.title() + " data: " + message, e);
  }

  private Unpacked unpack(InputStream content, Unpacking unpacking) throws IOException {
    MeteredInput metered = new MeteredInput(content);
    try (var tar = new TarArchiveInputStream(metered, StandardCharsets.UTF_8.name())) {
      while (true) {
        metered.allow(MAX_HEADERS, "the headers before the next entry are larger than 8 MiB");
        TarArchiveEntry entry = next(tar, unpacking.begun());
        if (entry == null) {
          break;
        }
        metered.allow(Long.MAX_VALUE, "");
        unpacking.entry(entry, tar);
      }
      // Reads on to the end: only there a checksum of the whole is looked at.
      metered.allow(MAX_TRAILER, "goes on after the archive's end");
      metered.transferTo(OutputStream.nullOutputStream());
      return unpacking.finish();
    }
  }

  /**
   * The library tells of damage by several exceptions, and reads what is no tar for as long as it
   * can.
   */
  private static TarArchiveEntry next(TarArchiveInputStream tar, boolean begun) throws IOException {
    try {
      TarArchiveEntry entry = tar.getNextEntry();
      if (entry != null && !entry.isCheckSumOK()) {
        throw new FileSystemException(
            "", null, begun ? "is damaged: a header's checksum is wrong" : "is not a tar archive");
      }
      if (entry == null && !begun) {
        throw new FileSystemException("", null, "holds nothing");
      }
      return entry;
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw new FileSystemException("", null, "is damaged: a header is malformed");
    }
  }

  private void requireFile() {
    try {
      if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
        throw new RootfsException(file.toString(), "is not a regular file");
      }
    } catch (IOException e) {
      throw RootfsException.of(file.toString(), e);
    }
  }
}
