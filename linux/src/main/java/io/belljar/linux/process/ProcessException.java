package io.belljar.linux.process;

import io.belljar.linux.Errno;

/** A child could not be started, or spoken with: which call failed, and why. */
public final class ProcessException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int errno;

  ProcessException(String call, int errno) {
    super(call + ": " + Errno.describe(errno));
    this.errno = errno;
  }

  /** Whether it is this error. */
  public boolean is(Errno error) {
    return errno == error.number();
  }
}
