package io.belljar.cli.help;

import io.belljar.cli.help.Block.Heading;
import io.belljar.cli.help.Block.Item;
import io.belljar.cli.help.Block.Line;
import io.belljar.cli.help.Block.Literal;
import io.belljar.cli.help.Block.Paragraph;
import java.util.List;
import java.util.Locale;

/**
 * A page as text: plain, or with a terminal's bold for headings and commands, and its faint for
 * what they print (ECMA-48, SGR 1 and 2).
 */
public final class PageText {
  private static final String BOLD = "\u001b[1m";
  private static final String FAINT = "\u001b[2m";
  private static final String END = "\u001b[0m";

  private final boolean terminal;

  /** For a terminal, or plain. */
  public PageText(boolean terminal) {
    this.terminal = terminal;
  }

  /** The text, with a newline at its end. */
  public String of(Page page) {
    StringBuilder text = new StringBuilder();
    Block before = null;
    for (Block block : page.blocks()) {
      if (before != null && !(before instanceof Item && block instanceof Item)) {
        text.append('\n');
      }
      append(text, block);
      before = block;
    }
    return text.toString();
  }

  private void append(StringBuilder text, Block block) {
    switch (block) {
      case Heading heading ->
          text.append(shown(BOLD, heading.text().toUpperCase(Locale.ROOT))).append('\n');
      case Paragraph paragraph -> lines(text, paragraph.lines(), "", "");
      case Item item -> lines(text, item.lines(), "- ", "  ");
      case Literal literal -> literal.lines().forEach(line -> append(text, line));
    }
  }

  private void append(StringBuilder text, Line line) {
    if (!line.text().isEmpty()) {
      text.append("    ").append(shown(line.typed() ? BOLD : FAINT, line.text()));
    }
    text.append('\n');
  }

  private void lines(StringBuilder text, List<String> lines, String first, String others) {
    String all = String.join("\n", lines);
    text.append(first);
    for (Span span : Span.of(all)) {
      String part = span.text().replace("\n", "\n" + others);
      text.append(span.strong() ? shown(BOLD, part) : part);
    }
    text.append('\n');
  }

  private String shown(String how, String text) {
    return terminal ? how + text + END : text;
  }
}
