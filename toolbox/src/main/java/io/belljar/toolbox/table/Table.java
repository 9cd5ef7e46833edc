package io.belljar.toolbox.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Columns and lines. Where a column draws a tree, lines follow the one that they are below. */
public final class Table {
  private final List<Column> columns;
  private final List<Line> lines = new ArrayList<>();

  /** A table without lines. */
  public Table(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /**
   * Adds a line.
   *
   * @param parent the line of this table that it is below
   * @param cells a text for each column, empty for none
   */
  public Line add(Optional<Line> parent, List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(cells.size() + " cells for " + columns.size());
    }
    Line line = new Line(parent, cells);
    lines.add(line);
    return line;
  }

  List<Column> columns() {
    return columns;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  boolean isTree() {
    return columns.stream().anyMatch(column -> column.is(Column.Flag.TREE));
  }

  /** The lines that are at the top: all of them when no column draws a tree. */
  List<Line> roots() {
    return isTree() ? lines.stream().filter(line -> line.parent().isEmpty()).toList() : lines;
  }

  /** All lines in the order in which they are written. */
  List<Line> ordered() {
    if (!isTree()) {
      return lines;
    }
    List<Line> ordered = new ArrayList<>(lines.size());
    // Without recursion: a tree of processes can be as deep as there are processes.
    List<Line> waiting = new ArrayList<>(roots().reversed());
    while (!waiting.isEmpty()) {
      Line line = waiting.removeLast();
      ordered.add(line);
      waiting.addAll(line.children().reversed());
    }
    return ordered;
  }
}
