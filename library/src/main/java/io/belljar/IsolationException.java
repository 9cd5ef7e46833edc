package io.belljar;

/** A container could not be made, or not be used. The message is one line for people. */
public class IsolationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IsolationException(String message, Throwable cause) {
    super(message, cause);
  }

  IsolationException(String message) {
    super(message);
  }
}
