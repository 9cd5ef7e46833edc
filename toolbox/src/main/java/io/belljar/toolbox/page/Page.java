package io.belljar.toolbox.page;

import io.belljar.linux.text.TerminalText;
import java.util.ArrayList;
import java.util.List;

/**
 * A text of sections and columns. What comes from processes may hold anything, so control
 * characters are written as escapes: nothing moves the cursor or forges a line.
 */
public final class Page {
  private static final int LEAST_WIDTH = 60;
  private static final int USUAL_WIDTH = 80;
  private static final int MOST_WIDTH = 110;
  private static final int LEAST_TEXT = 24;

  /** Colours of a terminal (ECMA-48, SGR). */
  public enum Colour {
    PLAIN(""),
    BOLD("1"),
    RED("31;1"),
    YELLOW("33"),
    GREEN("32"),
    DIM("2");

    private final String code;

    Colour(String code) {
      this.code = code;
    }
  }

  private final StringBuilder out = new StringBuilder(4096);
  private final int width;
  private final boolean colours;
  private final TerminalText display;

  /**
   * @param columns of the terminal; 0 when there is none
   * @param colours whether to use colours
   * @param display what the terminal can show
   */
  public Page(int columns, boolean colours, TerminalText display) {
    this.display = display;
    this.width =
        columns == 0 ? USUAL_WIDTH : Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, columns - 1));
    this.colours = colours;
  }

  /** A heading, with an empty line before it. */
  public Page section(String title) {
    if (!out.isEmpty()) {
      out.append('\n');
    }
    out.append(coloured(title, Colour.BOLD)).append('\n');
    return this;
  }

  /** A line of its own, wrapped. */
  public Page line(String text, Colour colour) {
    for (String part : wrap(display.safe(text), width)) {
      out.append(coloured(part, colour)).append('\n');
    }
    return this;
  }

  /**
   * A word and a text beside it, wrapped in its column.
   *
   * @param indent spaces before the word
   * @param column how many characters the word's column has
   */
  public Page row(int indent, String word, int column, String text, Colour colour) {
    String name = display.safe(word);
    out.append(" ".repeat(indent)).append(coloured(name, colour));
    beside(indent + name.length(), indent + column, text);
    return this;
  }

  /**
   * Two words and a text beside them, wrapped in its column.
   *
   * @param column how many characters the first word's column has
   * @param secondColumn how many the second's has
   */
  public Page row(
      int indent,
      String word,
      int column,
      String second,
      int secondColumn,
      String text,
      Colour colour) {
    String first = display.safe(word);
    String name = display.safe(second);
    out.append(" ".repeat(indent)).append(coloured(first, colour));
    out.append(" ".repeat(Math.max(1, column - first.length()))).append(name);
    beside(indent + column + name.length(), indent + column + secondColumn, text);
    return this;
  }

  private void beside(int used, int start, String text) {
    boolean first = true;
    for (String part : wrap(display.safe(text), Math.max(LEAST_TEXT, width - start))) {
      out.append(" ".repeat(first ? Math.max(1, start - used) : start)).append(part).append('\n');
      first = false;
    }
  }

  /** The text. */
  public String text() {
    return out.toString();
  }

  private String coloured(String text, Colour colour) {
    return colours && colour != Colour.PLAIN && !text.isEmpty()
        ? "\u001b[" + colour.code + "m" + text + "\u001b[0m"
        : text;
  }

  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
