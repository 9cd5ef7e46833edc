package io.belljar.cli;

/**
 * A line on standard error. Parts of it may come from a container or its configuration, which must
 * not move the cursor, or make up lines of their own: control characters are written as escapes,
 * <code>&#92;x1b</code> for those of one byte (C0 and DEL), <code>&#92;u0085</code> for others (C1,
 * and Unicode's line separators).
 */
public final class ErrorLine {
  private ErrorLine() {}

  /** {@code PROGRAM: MESSAGE} and a newline. */
  public static String of(String program, String message) {
    return program + ": " + printable(message.replaceFirst("[\\r\\n]+\\z", "")) + "\n";
  }

  /** Text of whoever, so that it cannot do anything to a terminal. */
  public static String printable(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.chars().forEach(unit -> append(line, (char) unit));
    return line.toString();
  }

  private static void append(StringBuilder line, char unit) {
    if (unit < 0x20 || unit == 0x7f) {
      line.append("\\x%02x".formatted((int) unit));
    } else if (Character.isISOControl(unit) || unit == 0x2028 || unit == 0x2029) {
      line.append("\\u%04x".formatted((int) unit));
    } else {
      line.append(unit);
    }
  }
}
