package io.belljar.planner;

/** No launcher can be had or started; the message says why, and what helps. */
public final class LauncherUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  LauncherUnavailable(String message) {
    super(message);
  }

  LauncherUnavailable(String message, Throwable cause) {
    super(cause.getMessage() == null ? message : message + ": " + cause.getMessage(), cause);
  }
}
