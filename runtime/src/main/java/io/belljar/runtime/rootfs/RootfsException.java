package io.belljar.runtime.rootfs;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/**
 * A root file system could not be made, read or removed.
 *
 * <p>The message is one line for people: what it is about, a colon, and why it failed, for example
 * {@code rootfs.tar.gz: entry "x/../../etc/passwd": leaves the root}.
 */
public final class RootfsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String subject;
  private final String reason;

  /** A failure about {@code subject} (a file, an option, an entry of a tarball). */
  public RootfsException(String subject, String reason) {
    super(subject + ": " + reason);
    this.subject = Objects.requireNonNull(subject);
    this.reason = Objects.requireNonNull(reason);
  }

  private RootfsException(String subject, String reason, Throwable cause) {
    super(subject + ": " + reason, cause);
    this.subject = subject;
    this.reason = reason;
  }

  /** A failure of an operation on files, in the kernel's words where the JDK has kept them. */
  static RootfsException of(String subject, IOException cause) {
    return new RootfsException(subject, reason(cause), cause);
  }

  /** What the failure is about. */
  public String subject() {
    return subject;
  }

  /** Why it failed, without the subject. */
  public String reason() {
    return reason;
  }

  /**
   * The JDK turns the commonest errno values into types without a text: give them their text back.
   */
  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException f -> kernelText(f, "No such file or directory");
      case FileAlreadyExistsException f -> kernelText(f, "File exists");
      case AccessDeniedException f -> kernelText(f, "Permission denied");
      case DirectoryNotEmptyException f -> kernelText(f, "Directory not empty");
      case FileSystemException f -> kernelText(f, "Input/output error");
      case EOFException f -> "ends too early: it is truncated";
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : firstLine(e.getMessage());
    };
  }

  private static String kernelText(FileSystemException e, String otherwise) {
    return e.getReason() == null ? otherwise : e.getReason();
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
