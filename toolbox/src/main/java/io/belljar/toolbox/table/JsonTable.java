package io.belljar.toolbox.table;

import io.belljar.linux.text.TerminalText;
import io.belljar.toolbox.table.Column.Flag;
import java.util.List;

/** A table as JSON: an array of objects, with the lines below a line in its {@code children}. */
public final class JsonTable {
  private static final String INDENT = "   ";

  private final StringBuilder out = new StringBuilder();
  private final List<Column> columns;
  private final boolean tree;
  private int depth;
  private boolean afterValue;

  private JsonTable(Table table) {
    this.columns = table.columns();
    this.tree = table.isTree();
  }

  /** The text, with a line feed at its end; {@code name} is the array's. */
  public static String text(Table table, String name) {
    var json = new JsonTable(table);
    json.out.append("{\n");
    json.depth = 1;
    json.name(name);
    json.array(table.roots());
    return TerminalText.printableJson(json.out.append("\n}\n").toString());
  }

  private void array(List<Line> lines) {
    out.append("[\n");
    depth++;
    afterValue = false;
    lines.forEach(this::object);
    close(']');
  }

  private void object(Line line) {
    if (afterValue) {
      out.append(',');
    } else {
      out.repeat(INDENT, depth);
    }
    out.append("{\n");
    depth++;
    afterValue = false;
    for (int i = 0; i < columns.size(); i++) {
      name(columns.get(i).jsonName());
      value(line.cell(i), columns.get(i).is(Flag.NUMBER));
    }
    if (tree && !line.children().isEmpty()) {
      name("children");
      array(line.children());
    }
    close('}');
  }

  private void close(char bracket) {
    depth--;
    out.append('\n').repeat(INDENT, depth).append(bracket);
    afterValue = true;
  }

  private void name(String name) {
    if (afterValue) {
      out.append(",\n");
    }
    out.repeat(INDENT, depth).append('"').append(name).append("\": ");
  }

  private void value(String text, boolean number) {
    if (text.isEmpty()) {
      out.append("null");
    } else if (number) {
      out.append(text);
    } else {
      string(text);
    }
    afterValue = true;
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      switch (unit) {
        case '"', '\\' -> out.append('\\').append(unit);
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (unit < 0x20) {
            out.append("\\u%04x".formatted((int) unit));
          } else {
            out.append(unit);
          }
        }
      }
    }
    out.append('"');
  }
}
