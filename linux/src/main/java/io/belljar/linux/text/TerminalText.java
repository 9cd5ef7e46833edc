package io.belljar.linux.text;

import java.nio.charset.StandardCharsets;

/**
 * Text from anywhere on a terminal. What a terminal would act upon, or would not show, becomes
 * <code>&#92;x1b</code>, a byte of UTF-8 each: control characters; format characters, which are
 * invisible or turn the direction of writing round; line separators; what is no character; and
 * bytes that are not UTF-8, which are lone surrogates (U+DC80 to U+DCFF) in Java's text. How many
 * cells the rest takes is counted as wcwidth(3) does.
 *
 * <p>This is the only place that decides it. Escaping twice changes nothing, so that a text may be
 * made of parts that are escaped already.
 *
 * @param unicode whether the terminal shows more than ASCII
 */
public record TerminalText(boolean unicode) {
  private static final TerminalText UNICODE = new TerminalText(true);
  private static final int BYTES = 0xDC80;
  private static final int LAST_BYTE = 0xDCFF;
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x2E80, 0x303E, 0x3041, 0x33FF, 0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xA000, 0xA4CF,
    0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6F, 0xFF00, 0xFF60,
    0xFFE0, 0xFFE6, 0x1F300, 0x1F64F, 0x1F680, 0x1F6FF, 0x1F900, 0x1F9FF, 0x20000, 0x3FFFD
  };

  /** The text for a terminal that shows Unicode, on one line. */
  public static String printable(String text) {
    return UNICODE.safe(text);
  }

  /** As {@link #printable}, but line feeds stay: of a text whose lines are ours. */
  public static String printableLines(String text) {
    return UNICODE.escaped(text, true, false);
  }

  /**
   * JSON that says the same, with <code>&#92;u202e</code> for what {@link #printable} escapes. What
   * JSON allows between its values, as line feeds, stays.
   */
  public static String printableJson(String json) {
    StringBuilder out = new StringBuilder(json.length());
    json.codePoints()
        .forEach(point -> {
          if (point < 0x7F || UNICODE.isPrintable(point)) {
            out.appendCodePoint(point);
          } else {
            Character.toString(point)
                .chars()
                .forEach(unit -> out.append("\\u%04x".formatted(unit)));
          }
        });
    return out.toString();
  }

  /** The text on one line, without anything that a terminal would act upon. */
  public String safe(String text) {
    return escaped(text, false, false);
  }

  /**
   * As util-linux's libsmartcols: also a backslash before an x is escaped.
   *
   * @param lines whether line feeds stay
   */
  public String safeCell(String text, boolean lines) {
    return escaped(text, lines, true);
  }

  private String escaped(String text, boolean lines, boolean backslashes) {
    StringBuilder out = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      boolean escape = backslashes && point == '\\' && at < text.length() && text.charAt(at) == 'x';
      if (lines && point == '\n') {
        out.append('\n');
      } else if (escape || !isPrintable(point)) {
        escape(out, point);
      } else {
        out.appendCodePoint(point);
      }
    }
    return out.toString();
  }

  /** How many cells a text that {@link #safe} returned takes. */
  public static int width(String safe) {
    return safe.codePoints().map(TerminalText::cells).sum();
  }

  /** As much of a text that {@link #safe} returned as fits into so many cells. */
  public static String truncate(String safe, int width) {
    int cells = 0;
    for (int at = 0; at < safe.length(); ) {
      int point = safe.codePointAt(at);
      cells += cells(point);
      if (cells > width) {
        return safe.substring(0, at);
      }
      at += Character.charCount(point);
    }
    return safe;
  }

  private static void escape(StringBuilder out, int point) {
    if (point >= BYTES && point <= LAST_BYTE) {
      hex(out, point & 0xFF);
    } else if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
      hex(out, 0xE0 | (point >> 12)); // half a character: as UTF-8 would have it, if it allowed it
      hex(out, 0x80 | ((point >> 6) & 0x3F));
      hex(out, 0x80 | (point & 0x3F));
    } else {
      for (byte unit : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
        hex(out, unit & 0xFF);
      }
    }
  }

  private static void hex(StringBuilder out, int unit) {
    out.append("\\x%02x".formatted(unit));
  }

  private boolean isPrintable(int point) {
    if (point < 0x80 || !unicode) {
      return point >= 0x20 && point < 0x7F;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static int cells(int point) {
    if (point < 0x300) {
      return 1;
    }
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    for (int i = 0; i < WIDE.length; i += 2) {
      if (point >= WIDE[i] && point <= WIDE[i + 1]) {
        return 2;
      }
    }
    return 1;
  }
}
