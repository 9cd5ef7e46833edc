package io.belljar.plan;

/** A plan that can't be encoded or decoded: the message says which step and why. */
public final class InvalidPlan extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InvalidPlan(String message) {
    super(message);
  }
}
