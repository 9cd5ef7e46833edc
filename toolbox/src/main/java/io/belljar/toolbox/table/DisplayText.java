package io.belljar.toolbox.table;

import java.nio.charset.StandardCharsets;

/**
 * Text from anywhere on a terminal: what would move the cursor, or is not UTF-8, becomes <code>
 * &#92;x1b</code>, byte by byte, and how many cells the rest takes is counted as wcwidth(3) does.
 *
 * <p>Bytes that are not UTF-8 are the lone surrogates of {@code WireText}.
 *
 * @param unicode whether the terminal shows more than ASCII
 */
public record DisplayText(boolean unicode) {
  private static final int BYTE = 0xDC00;
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x2E80, 0x303E, 0x3041, 0x33FF, 0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xA000, 0xA4CF,
    0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6F, 0xFF00, 0xFF60,
    0xFFE0, 0xFFE6, 0x1F300, 0x1F64F, 0x1F680, 0x1F6FF, 0x1F900, 0x1F9FF, 0x20000, 0x3FFFD
  };

  /** The text without anything that a terminal would act upon. */
  public String safe(String text) {
    return safe(text, false);
  }

  /** As {@link #safe}, but line feeds stay. */
  String safeLines(String text) {
    return safe(text, true);
  }

  private String safe(String text, boolean lines) {
    StringBuilder out = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      boolean escapeItself = point == '\\' && at < text.length() && text.charAt(at) == 'x';
      if (lines && point == '\n') {
        out.append('\n');
      } else if (escapeItself || !isPrintable(point)) {
        escape(out, point);
      } else {
        out.appendCodePoint(point);
      }
    }
    return out.toString();
  }

  /** How many cells a text that {@link #safe} returned takes. */
  public static int width(String safe) {
    return safe.codePoints().map(DisplayText::cells).sum();
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
    if (point >= BYTE && point <= BYTE + 0xFF) {
      out.append("\\x%02x".formatted(point - BYTE));
      return;
    }
    for (byte unit : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
      out.append("\\x%02x".formatted(unit & 0xFF));
    }
  }

  private boolean isPrintable(int point) {
    if (point < 0x80 || !unicode) {
      return point >= 0x20 && point < 0x7F;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
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
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
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
