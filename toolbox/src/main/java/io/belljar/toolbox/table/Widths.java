package io.belljar.toolbox.table;

import io.belljar.linux.text.TerminalText;
import io.belljar.toolbox.table.Column.Flag;
import java.util.List;

/** How wide columns are. */
final class Widths {
  private Widths() {}

  /**
   * At least the heading and the contents, at least the hint where the heading is shorter; where
   * that is more than the terminal has, columns that may be truncated give a cell each, in turns.
   *
   * @param natural the width of each column's widest cell
   * @param terminal how many cells there are for a line; 0: any number
   */
  static int[] of(List<Column> columns, int[] natural, int terminal) {
    int[] widths = new int[natural.length];
    int[] least = new int[natural.length];
    int sum = natural.length - 1;
    for (int i = 0; i < natural.length; i++) {
      Column column = columns.get(i);
      least[i] = Math.max(1, TerminalText.width(column.name()));
      boolean hinted =
          natural[i] >= least[i]
              && natural[i] < column.widthHint()
              && least[i] < column.widthHint();
      widths[i] = hinted ? column.widthHint() : Math.max(least[i], natural[i]);
      sum += widths[i];
    }
    boolean reduced = terminal > 0;
    while (reduced && sum > terminal) {
      reduced = false;
      for (int i = 0; i < widths.length && sum > terminal; i++) {
        if (widths[i] > least[i] && columns.get(i).is(Flag.TRUNCATED)) {
          widths[i]--;
          sum--;
          reduced = true;
        }
      }
    }
    return widths;
  }
}
