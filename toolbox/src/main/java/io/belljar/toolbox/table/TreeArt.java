package io.belljar.toolbox.table;

import java.util.Optional;

/** The lines that join a tree's branches. */
record TreeArt(String vertical, String branch, String right) {
  private static final TreeArt UNICODE = new TreeArt("│ ", "├─", "└─");
  private static final TreeArt ASCII = new TreeArt("| ", "|-", "`-");

  static TreeArt of(boolean unicode) {
    return unicode ? UNICODE : ASCII;
  }

  /** What comes before a line's own text. */
  String before(Line line) {
    return line.parent()
        .map(parent -> below(parent) + (line.isLastChild() ? right : branch))
        .orElse("");
  }

  /** What comes before the text of everything below a line. */
  String below(Line line) {
    StringBuilder art = new StringBuilder();
    for (Optional<Line> at = Optional.of(line);
        at.flatMap(Line::parent).isPresent();
        at = at.get().parent()) {
      art.insert(0, at.get().isLastChild() ? "  " : vertical);
    }
    return art.toString();
  }
}
