package io.belljar.toolbox.table;

import io.belljar.linux.text.TerminalText;
import io.belljar.toolbox.table.Column.Flag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** A table for people: aligned, and as wide as the terminal where there is one. */
public final class HumanTable {
  private static final String SEPARATOR = " ";

  private final Table table;
  private final TerminalText display;
  private final TreeArt art;
  private final boolean headings;
  private final List<Column> columns;
  private final int[] widths;
  private final StringBuilder out = new StringBuilder();

  private HumanTable(Table table, TerminalText display, boolean headings, int terminal) {
    this.table = table;
    this.display = display;
    this.art = TreeArt.of(display.unicode());
    this.headings = headings;
    this.columns = table.columns();
    this.widths = Widths.of(columns, natural(), terminal);
  }

  /**
   * The text, each line ended; nothing for a table without lines.
   *
   * @param terminal how many cells a line may have; 0: any number
   */
  public static String text(Table table, TerminalText display, boolean headings, int terminal) {
    return table.isEmpty() ? "" : new HumanTable(table, display, headings, terminal).write();
  }

  /** How many cells the widest cell of each column has. */
  private int[] natural() {
    int[] natural = new int[columns.size()];
    for (Line line : table.ordered()) {
      for (int i = 0; i < natural.length; i++) {
        int width = chunks(i, line).stream().mapToInt(TerminalText::width).max().orElse(0);
        natural[i] = Math.max(natural[i], width);
      }
    }
    return natural;
  }

  /** The cell's text, safe to print; more than one where each of its lines gets its own. */
  private List<String> chunks(int column, Line line) {
    String text = line.cell(column);
    if (columns.get(column).is(Flag.TREE)) {
      text = art.before(line) + text;
    }
    boolean lines = columns.get(column).is(Flag.LINES);
    String safe = display.safeCell(text, lines);
    return lines ? Arrays.asList(safe.split("\n", -1)) : List.of(safe);
  }

  private String write() {
    if (headings) {
      for (int i = 0; i < columns.size(); i++) {
        cell(i, columns.get(i).name());
      }
      out.append('\n');
    }
    table.ordered().forEach(this::line);
    return out.toString();
  }

  private void line(Line line) {
    List<Deque<String>> pending = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Deque<String> chunks = new ArrayDeque<>(chunks(i, line));
      cell(i, chunks.pop());
      pending.add(chunks);
    }
    out.append('\n');
    while (isAnyLeft(pending)) {
      for (int i = 0; i < columns.size(); i++) {
        if (pending.get(i).isEmpty()) {
          filler(i, line, isAnyLeft(pending));
        } else {
          pad(i, pending.get(i).pop());
        }
      }
      out.append('\n');
    }
  }

  private static boolean isAnyLeft(List<Deque<String>> pending) {
    return pending.stream().anyMatch(chunks -> !chunks.isEmpty());
  }

  /** A cell without text beside one that goes on: the tree's branches go on, too. */
  private void filler(int column, Line line, boolean more) {
    String text = "";
    if (columns.get(column).is(Flag.TREE)) {
      text = art.below(line) + (more && !line.children().isEmpty() ? art.vertical() : "");
    }
    pad(column, text);
  }

  private void cell(int column, String text) {
    int width = TerminalText.width(text);
    String shown = text;
    if (width > widths[column] && columns.get(column).is(Flag.TRUNCATED)) {
      shown = TerminalText.truncate(text, widths[column]);
    } else if (columns.get(column).is(Flag.RIGHT) && !text.isEmpty()) {
      out.repeat(' ', Math.max(0, widths[column] - width));
      out.append(shown).append(isLast(column) ? "" : SEPARATOR);
      return;
    }
    pad(column, shown);
  }

  private void pad(int column, String text) {
    out.append(text);
    if (!isLast(column)) {
      out.repeat(' ', Math.max(0, widths[column] - TerminalText.width(text))).append(SEPARATOR);
    }
  }

  private boolean isLast(int column) {
    return column == columns.size() - 1;
  }
}
