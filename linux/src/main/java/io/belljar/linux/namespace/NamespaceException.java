package io.belljar.linux.namespace;

import io.belljar.linux.Errno;

/** A call on the file of a namespace failed. */
public final class NamespaceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int errno;

  NamespaceException(String what, String call, int errno) {
    super(what + ": " + call + ": " + Errno.describe(errno));
    this.errno = errno;
  }

  NamespaceException(String what, String problem) {
    super(what + ": " + problem);
    this.errno = 0;
  }

  /** The errno of the call; 0 when the call worked and the file is no namespace. */
  public int errno() {
    return errno;
  }

  boolean is(Errno error) {
    return errno == error.number();
  }
}
