package io.belljar.toolbox.tree;

import java.util.Locale;

/** Writes SVG. Whatever text is given is escaped here, and nowhere else. */
final class Svg {
  private final StringBuilder out = new StringBuilder();

  /** Text as it is written in HTML and XML, between tags and in attributes. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            case '\'' -> safe.append("&#39;");
            case '\n' -> safe.append("&#10;");
            default -> {
              boolean allowed = point >= 0x20 && point != 0xFFFE && point != 0xFFFF;
              boolean half = point >= 0xD800 && point <= 0xDFFF;
              safe.appendCodePoint(allowed && !half ? point : 0xFFFD);
            }
          }
        });
    return safe.toString();
  }

  void open(String classes, String info) {
    out.append("<g class=\"%s\" data-info=\"%s\">".formatted(escape(classes), escape(info)));
  }

  void close() {
    out.append("</g>\n");
  }

  void rect(String classes, double x, double y, double width, double height, double radius) {
    out.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\"/>",
            escape(classes),
            x,
            y,
            Math.max(0, width),
            Math.max(0, height),
            radius));
  }

  void text(String classes, double x, double y, String text) {
    if (text.isBlank()) {
      return;
    }
    out.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
            escape(classes),
            x,
            y,
            escape(text)));
  }

  /** A line from a parent down to a child, with a round corner. */
  void branch(double x, double from, double to, double end) {
    out.append(
        String.format(
            Locale.ROOT,
            "<path class=\"w\" d=\"M%.1f %.1fV%.1fQ%.1f %.1f %.1f %.1fH%.1f\"/>%n",
            x,
            from,
            Math.max(from, to - 7),
            x,
            to,
            x + 7,
            to,
            end));
  }

  /** A line from left to right. */
  void across(double x, double y, double end) {
    out.append(
        String.format(Locale.ROOT, "<path class=\"w\" d=\"M%.1f %.1fH%.1f\"/>%n", x, y, end));
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
