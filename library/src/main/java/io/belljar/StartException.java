package io.belljar;

/** A container did not start; nothing is left of it. */
public final class StartException extends IsolationException {
  private static final long serialVersionUID = 1L;

  /** Why it did not start. */
  public enum Reason {
    /** There is no such command in the root. */
    COMMAND_NOT_FOUND,
    /** The command cannot be executed. */
    COMMAND_NOT_EXECUTABLE,
    /** Something else; the message names the step, the system call and the error. */
    OTHER
  }

  private final Reason reason;

  StartException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why it did not start. */
  public Reason reason() {
    return reason;
  }
}
