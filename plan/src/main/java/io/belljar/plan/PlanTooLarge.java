package io.belljar.plan;

/** A plan whose binary form is larger than the launcher takes. */
public final class PlanTooLarge extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long size;

  PlanTooLarge(long size) {
    super(
        "the plan has "
            + size
            + " bytes, and the launcher takes at most "
            + PlanFormat.MOST_BYTES
            + ": fewer or shorter arguments, environment variables and mounts are needed");
    this.size = size;
  }

  /** How many bytes the plan has. */
  public long size() {
    return size;
  }
}
