package io.belljar.runtime.copy;

import io.belljar.linux.file.FileException;
import io.belljar.linux.file.Names;

/** Something could not be copied. One line: what it is about, a colon, and why. */
public final class CopyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure about this. */
  public CopyException(String subject, String reason) {
    super(subject + ": " + reason);
  }

  private CopyException(String subject, FileException cause) {
    super(subject + ": " + cause.reason(), cause);
  }

  /** A system call's failure, about a path as the file package has it. */
  static CopyException of(String path, FileException cause) {
    return new CopyException(Names.readable(path), cause);
  }
}
