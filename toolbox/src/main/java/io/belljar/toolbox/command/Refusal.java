package io.belljar.toolbox.command;

/** A tool's refusal to begin, in the words of the tool whose place it takes. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean usage;

  /**
   * @param message one line, without the tool's name
   */
  public Refusal(String message) {
    this(message, false);
  }

  private Refusal(String message, boolean usage) {
    super(message);
    this.usage = usage;
  }

  /** A command line that is wrong as such: people are pointed to the help. */
  public static Refusal ofUsage(String message) {
    return new Refusal(message, true);
  }

  /** Whether people are pointed to the help. */
  public boolean isUsage() {
    return usage;
  }
}
