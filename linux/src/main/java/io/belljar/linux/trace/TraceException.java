package io.belljar.linux.trace;

/** A process cannot be looked into; the message says why, and what would help. */
public final class TraceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TraceException(String message) {
    super(message);
  }
}
