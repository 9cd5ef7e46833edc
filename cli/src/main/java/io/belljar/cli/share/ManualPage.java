package io.belljar.cli.share;

import io.belljar.cli.help.Block;
import io.belljar.cli.help.Block.Heading;
import io.belljar.cli.help.Block.Item;
import io.belljar.cli.help.Block.Line;
import io.belljar.cli.help.Block.Literal;
import io.belljar.cli.help.Block.Paragraph;
import io.belljar.cli.help.Page;
import io.belljar.cli.help.Span;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A manual page, in the layout of man-pages(7).
 *
 * @param name in lower case, without the section
 * @param section 1 for commands, 7 for topics
 * @param edition when it was made, and of which version
 * @param text its roff
 */
record ManualPage(String name, int section, Edition edition, Roff text) {
  /** The day, as {@code 2026-11-23}, and the program's version. */
  record Edition(String day, String version) {}

  static ManualPage begin(String name, int section, String summary, Edition edition) {
    Roff text =
        new Roff()
            .macro(
                ".TH %s %d \"%s\" \"Belljar %s\" \"Belljar manual\""
                    .formatted(
                        Roff.escaped(name.toUpperCase(Locale.ROOT)),
                        section,
                        edition.day(),
                        edition.version()))
            .macro(".nh")
            .macro(".ad l")
            .macro(".SH NAME")
            .marked(Roff.escaped(name) + " \\- " + Roff.escaped(summary));
    return new ManualPage(name, section, edition, text);
  }

  /** The blocks of a page of help; each of its headings begins a section. */
  ManualPage add(List<Block> blocks) {
    Block before = new Heading(1, "");
    for (Block block : blocks) {
      add(block, before);
      before = block;
    }
    return this;
  }

  private void add(Block block, Block before) {
    switch (block) {
      case Heading heading -> text.macro(".SH", heading.text().toUpperCase(Locale.ROOT));
      case Paragraph paragraph -> {
        if (!(before instanceof Heading)) {
          text.macro(".PP");
        }
        text.marked(spans(paragraph.lines()));
      }
      case Item item -> text.macro(".IP \\(bu 2").marked(spans(item.lines()));
      case Literal literal -> {
        if (!(before instanceof Heading)) {
          text.macro(".PP");
        }
        add(literal);
      }
    }
  }

  private void add(Literal literal) {
    text.macro(".RS 4").macro(".nf");
    for (Line line : literal.lines()) {
      text.marked(line.typed() ? Roff.bold(line.text()) : Roff.escaped(line.text()));
      if (line.text().isEmpty()) {
        text.macro(".sp");
      }
    }
    text.macro(".fi").macro(".RE");
  }

  private static String spans(List<String> lines) {
    return Span.of(String.join("\n", lines)).stream()
        .map(span -> span.strong() ? Roff.bold(span.text()) : Roff.escaped(span.text()))
        .collect(Collectors.joining());
  }

  /** A page about a topic. */
  static ManualPage of(String topic, String summary, Page page, Edition edition) {
    ManualPage manual = begin("belljar-" + topic, 7, summary, edition);
    manual.text.macro(".SH DESCRIPTION");
    return manual.add(page.blocks().subList(1, page.blocks().size()));
  }

  /** The name of its file. */
  String file() {
    return name + "." + section;
  }
}
