package io.belljar.plan;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
final class Lines {
  private Lines() {}

  /**
   * The text in lines of at most {@code width} characters, broken after spaces and between flags;
   * the rest of a line is indented.
   */
  static List<String> wrap(String text, int width, int indent) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\\R", -1)) {
      String rest = paragraph;
      String start = "";
      while (start.length() + rest.length() > width) {
        int end = breakAt(rest, width - start.length());
        lines.add((start + rest.substring(0, end)).stripTrailing());
        rest = rest.substring(end).stripLeading();
        start = " ".repeat(indent);
      }
      lines.add(start + rest);
    }
    return lines;
  }

  private static int breakAt(String text, int width) {
    // A space may be the first character that no longer fits.
    for (int at = width; at > width / 2; at--) {
      if (text.charAt(at) == ' ' || text.charAt(at - 1) == '|') {
        return at;
      }
    }
    for (int at = width; at > width / 2; at--) {
      if (text.charAt(at - 1) == '.' || text.charAt(at - 1) == '/') {
        return at;
      }
    }
    return width;
  }
}
