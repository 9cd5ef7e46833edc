package io.belljar.linux.seccomp;

/** A seccomp profile cannot be compiled: what was tried, on what, and why it failed. */
public final class SeccompException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SeccompException(String message) {
    super(message);
  }

  SeccompException(String message, Throwable cause) {
    super(message, cause);
  }
}
