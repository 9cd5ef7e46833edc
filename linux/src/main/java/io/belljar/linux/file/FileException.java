package io.belljar.linux.file;

import io.belljar.linux.Errno;

/** A system call on a file failed. The message is one line: the call, what it was about, errno. */
public final class FileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int errno;

  FileException(String call, int errno) {
    super(call + ": " + Errno.describe(errno));
    this.errno = errno;
  }

  FileException(String call, Errno errno) {
    this(call, errno.number());
  }

  /** The error number, positive. */
  public int errno() {
    return errno;
  }

  /** Whether it failed for this reason. */
  public boolean is(Errno error) {
    return errno == error.number();
  }

  /** What strerror(3) says. */
  public String reason() {
    return Errno.of(errno).map(Errno::text).orElse("errno " + errno);
  }
}
