package io.belljar.planner;

/**
 * Which of the caller's descriptors are terminals, and how large the terminal is.
 *
 * @param input standard input is one
 * @param output standard output is one
 * @param error standard error is one
 * @param rows its height in characters; 0 when there is none or it does not say
 * @param columns its width in characters; 0 when there is none or it does not say
 */
public record Terminals(boolean input, boolean output, boolean error, int rows, int columns) {
  /** No terminal. */
  public static final Terminals NONE = new Terminals(false, false, false, 0, 0);
}
