package io.belljar.toolbox.table;

import io.belljar.plan.WireText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table for scripts: cells between single spaces; what is no printable ASCII is <code>&#92;x20
 * </code>, so that a cell has no space in it.
 */
public final class RawTable {
  private RawTable() {}

  /** The text, each line ended; nothing for a table without lines. */
  public static String text(Table table, boolean unicode, boolean headings) {
    if (table.isEmpty()) {
      return "";
    }
    TreeArt art = TreeArt.of(unicode);
    List<String> lines = new ArrayList<>();
    if (headings) {
      lines.add(table.columns().stream().map(Column::name).collect(Collectors.joining(" ")));
    }
    for (Line line : table.ordered()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < table.columns().size(); i++) {
        boolean tree = table.columns().get(i).is(Column.Flag.TREE);
        cells.add(nonblank((tree ? art.before(line) : "") + line.cell(i)));
      }
      lines.add(String.join(" ", cells));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String nonblank(String text) {
    StringBuilder out = new StringBuilder();
    for (byte unit : WireText.encode(text)) {
      if (unit > 0x20 && unit < 0x7F && unit != '\\') {
        out.append((char) unit);
      } else {
        out.append("\\x%02x".formatted(unit & 0xFF));
      }
    }
    return out.toString();
  }
}
