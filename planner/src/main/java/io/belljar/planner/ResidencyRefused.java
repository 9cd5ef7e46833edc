package io.belljar.planner;

/** A planner can't listen where it was told to; the message says why, in one line. */
public final class ResidencyRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  ResidencyRefused(String message) {
    super(message);
  }

  ResidencyRefused(String message, Throwable cause) {
    super(cause.getMessage() == null ? message : message + ": " + cause.getMessage(), cause);
  }
}
