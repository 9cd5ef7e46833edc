package io.belljar.planner;

/** A launcher sent something that the protocol does not know. */
public final class MalformedMessage extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedMessage(String detail) {
    super("the planner could not read the launcher's message: " + detail);
  }
}
