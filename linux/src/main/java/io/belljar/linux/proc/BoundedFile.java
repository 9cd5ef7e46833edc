package io.belljar.linux.proc;

import io.belljar.linux.file.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a file of /proc whole, into bounded memory: a process chooses much of what its files hold.
 */
final class BoundedFile {
  private BoundedFile() {}

  /**
   * The bytes of the file as ISO 8859-1 (so that every byte survives), or empty when the file, or
   * the process that it belongs to, is gone.
   *
   * @param owner the directory of the process, which tells a process that went away while its file
   *     was read (ESRCH) from a true failure
   * @throws ProcException when the file is larger than {@code limit} bytes or cannot be read
   */
  static Optional<String> read(Path file, Path owner, int limit) {
    return bounded(file, beginning(file, owner, limit + 1), limit);
  }

  /** The same of a file that the kernel makes as a whole. */
  static Optional<String> readWhole(Path file, Path owner, int limit) {
    return bounded(file, read(file, owner, limit + 1, true), limit);
  }

  private static Optional<String> bounded(Path file, Optional<String> text, int limit) {
    if (text.filter(content -> content.length() > limit).isPresent()) {
      throw new ProcException(file, "larger than " + limit + " bytes");
    }
    return text;
  }

  /** As {@link #read}, but no more than the first {@code limit} bytes, however many there are. */
  static Optional<String> beginning(Path file, Path owner, int limit) {
    return read(file, owner, limit, false);
  }

  private static Optional<String> read(Path file, Path owner, int limit, boolean whole) {
    try {
      byte[] content = whole ? SmallFile.readWhole(file, limit) : SmallFile.read(file, limit);
      return Optional.of(new String(content, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (AccessDeniedException e) {
      throw new ProcException(file, "permission denied", e);
    } catch (IOException e) {
      if (Files.notExists(owner)) {
        return Optional.empty();
      }
      throw new ProcException(file, String.valueOf(e.getMessage()), e);
    }
  }

  /** The text of what {@link #read} returned; malformed UTF-8 becomes U+FFFD. */
  static String utf8(String latin1) {
    return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
