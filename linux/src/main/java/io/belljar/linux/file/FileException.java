package io.belljar.linux.file;

import io.belljar.linux.Errno;

/** A system call on a file failed. The message is one line: the call, what it was about, errno. */
public final class FileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int errno;
  private final String reason;

  FileException(String call, int errno) {
    super(call + ": " + Errno.describe(errno));
    this.errno = errno;
    this.reason = Errno.of(errno).map(Errno::text).orElse("errno " + errno);
  }

  FileException(String call, Errno errno) {
    this(call, errno.number());
  }

  /** What was not even tried, and why: as if it had not been permitted. */
  FileException(String name, String reason) {
    super(Names.readable(name) + ": " + reason);
    this.errno = Errno.EACCES.number();
    this.reason = reason;
  }

  /** The error number, positive. */
  public int errno() {
    return errno;
  }

  /** Whether it failed for this reason. */
  public boolean is(Errno error) {
    return errno == error.number();
  }

  /** What strerror(3) says, or why it was not tried. */
  public String reason() {
    return reason;
  }
}
