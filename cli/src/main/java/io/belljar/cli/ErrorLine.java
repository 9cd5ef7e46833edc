package io.belljar.cli;

/**
 * A line on standard error. Parts of it may come from a container or its configuration, which must
 * not move the cursor, or make up lines of their own: control characters are written as escapes,
 * <code>&#92;x1b</code> for those of one byte (C0 and DEL), <code>&#92;u0085</code> for others (C1,
 * Unicode's line separators, and the format characters of category Cf, which are invisible or turn
 * the direction of writing round).
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
    text.codePoints().forEach(point -> append(line, point));
    return line.toString();
  }

  private static void append(StringBuilder line, int point) {
    if (point < 0x20 || point == 0x7f) {
      line.append("\\x%02x".formatted(point));
    } else if (isActedUpon(point)) {
      line.append(point > 0xffff ? "\\U%08x".formatted(point) : "\\u%04x".formatted(point));
    } else {
      line.appendCodePoint(point);
    }
  }

  /** Whether a terminal acts on this character, or shows others in another order for it. */
  public static boolean isActedUpon(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
