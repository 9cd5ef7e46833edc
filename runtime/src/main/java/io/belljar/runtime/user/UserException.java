package io.belljar.runtime.user;

/**
 * A user or group cannot be told; the message is one line, in the words that Docker's users know.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message says which user or group, and why not. */
  public UserException(String message) {
    super(message);
  }
}
