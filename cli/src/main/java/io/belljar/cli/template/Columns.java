package io.belljar.cli.template;

import java.util.ArrayList;
import java.util.List;

/**
 * Aligns text in columns as Go's text/tabwriter does with Docker's settings: a cell is what ends
 * with a tab; a column is as wide as asked at least, and three wider than its widest cell; what
 * follows the last tab of a line belongs to no column.
 */
public final class Columns {
  private static final int PADDING = 3;

  private Columns() {}

  /**
   * Lines with tabs as aligned lines, each ended.
   *
   * @param least the width of a column of short cells
   */
  public static String align(List<String> lines, int least) {
    List<String[]> rows = new ArrayList<>();
    lines.forEach(line -> rows.add(line.split("\t", -1)));
    StringBuilder text = new StringBuilder();
    int[][] widths = widths(rows, least);
    for (int i = 0; i < rows.size(); i++) {
      String[] cells = rows.get(i);
      for (int column = 0; column < cells.length - 1; column++) {
        text.append(cells[column]);
        text.repeat(' ', widths[i][column] - length(cells[column]));
      }
      text.append(cells[cells.length - 1]).append('\n');
    }
    return text.toString();
  }

  /** A column is made of lines that follow each other and have a cell there. */
  private static int[][] widths(List<String[]> rows, int least) {
    int[][] widths = new int[rows.size()][];
    for (int i = 0; i < rows.size(); i++) {
      widths[i] = new int[rows.get(i).length - 1];
    }
    for (int i = 0; i < rows.size(); i++) {
      for (int column = 0; column < widths[i].length; column++) {
        if (widths[i][column] == 0) {
          fill(rows, widths, i, column, least);
        }
      }
    }
    return widths;
  }

  private static void fill(List<String[]> rows, int[][] widths, int first, int column, int least) {
    int width = least;
    int end = first;
    while (end < rows.size() && column < widths[end].length) {
      width = Math.max(width, length(rows.get(end)[column]) + PADDING);
      end++;
    }
    for (int i = first; i < end; i++) {
      widths[i][column] = width;
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
