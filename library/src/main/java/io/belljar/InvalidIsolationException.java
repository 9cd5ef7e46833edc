package io.belljar;

/** A part of a description that cannot be carried out, known before anything was done. */
public final class InvalidIsolationException extends IsolationException {
  private static final long serialVersionUID = 1L;

  private final String option;
  private final String problem;

  /**
   * @param option what it is about, by the name of Docker's option: {@code memory-swap}
   * @param problem what is wrong with it, with its value
   */
  public InvalidIsolationException(String option, String problem) {
    super(option + ": " + problem);
    this.option = option;
    this.problem = problem;
  }

  /** What it is about, by the name of Docker's option, without dashes. */
  public String option() {
    return option;
  }

  /** What is wrong with it. */
  public String problem() {
    return problem;
  }
}
