package io.belljar.toolbox.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A line of a table, in its place in the lines' tree. */
public final class Line {
  private final Optional<Line> parent;
  private final List<Line> children = new ArrayList<>();
  private final List<String> cells;

  Line(Optional<Line> parent, List<String> cells) {
    this.parent = parent;
    this.cells = List.copyOf(cells);
    parent.ifPresent(above -> above.children.add(this));
  }

  Optional<Line> parent() {
    return parent;
  }

  List<Line> children() {
    return children;
  }

  /** The text of a column; empty for none. */
  String cell(int column) {
    return cells.get(column);
  }

  boolean isLastChild() {
    return parent.filter(above -> above.children.getLast() == this).isPresent();
  }
}
