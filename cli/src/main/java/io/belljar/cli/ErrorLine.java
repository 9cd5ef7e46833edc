package io.belljar.cli;

import io.belljar.linux.text.TerminalText;

/**
 * A line on standard error. Parts of it may come from a container or its configuration, which must
 * not move the cursor, or make up lines of their own.
 */
public final class ErrorLine {
  private ErrorLine() {}

  /** {@code PROGRAM: MESSAGE} and a newline. */
  public static String of(String program, String message) {
    return program + ": " + TerminalText.printable(message.replaceFirst("[\\r\\n]+\\z", "")) + "\n";
  }
}
