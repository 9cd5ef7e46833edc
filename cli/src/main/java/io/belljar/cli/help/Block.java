package io.belljar.cli.help;

import java.util.List;

/** A part of a page. */
public sealed interface Block {
  /**
   * A heading.
   *
   * @param level 1 for the page's own, 2 for a section's
   */
  record Heading(int level, String text) implements Block {}

  /** Running text, in its lines; marked up as {@link Span} says. */
  record Paragraph(List<String> lines) implements Block {
    public Paragraph {
      lines = List.copyOf(lines);
    }
  }

  /** A point of a list, in its lines. */
  record Item(List<String> lines) implements Block {
    public Item {
      lines = List.copyOf(lines);
    }
  }

  /** Commands and what they print, or other text to be shown as it is. */
  record Literal(List<Line> lines) implements Block {
    public Literal {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A line of a {@link Literal}.
   *
   * @param typed whether a person types it, as it begins with a prompt
   */
  record Line(String text, boolean typed) {}
}
