package io.belljar.cli.help;

import io.belljar.cli.help.Block.Heading;
import io.belljar.cli.help.Block.Item;
import io.belljar.cli.help.Block.Line;
import io.belljar.cli.help.Block.Literal;
import io.belljar.cli.help.Block.Paragraph;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of help, of the part of Markdown that our pages use: headings, paragraphs, lists of one
 * level, fenced blocks, {@code `code`} and {@code **strong**}. Lines stay as they are written.
 */
public record Page(List<Block> blocks) {
  private static final String FENCE = "```";
  private static final String CONSOLE = FENCE + "console";
  private static final String POINT = "- ";

  public Page {
    blocks = List.copyOf(blocks);
  }

  /** Reads Markdown. */
  public static Page parse(String markdown) {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = markdown.lines().toList();
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at);
      int end = at + 1;
      if (line.startsWith(FENCE)) {
        while (!lines.get(end).equals(FENCE)) {
          end++;
        }
        blocks.add(literal(lines.subList(at + 1, end), line.startsWith(CONSOLE)));
        end++;
      } else if (line.startsWith("#")) {
        int level = line.indexOf(' ');
        blocks.add(new Heading(level, line.substring(level + 1)));
      } else if (!line.isBlank()) {
        while (end < lines.size() && continues(lines.get(end))) {
          end++;
        }
        blocks.add(text(lines.subList(at, end)));
      }
      at = end;
    }
    return new Page(blocks);
  }

  /** The text of its first heading. */
  public String title() {
    return blocks.getFirst() instanceof Heading heading ? heading.text() : "";
  }

  private static boolean continues(String line) {
    return !line.isBlank() && !line.startsWith(FENCE) && !line.startsWith(POINT);
  }

  private static Block text(List<String> lines) {
    if (!lines.getFirst().startsWith(POINT)) {
      return new Paragraph(lines);
    }
    return new Item(lines.stream().map(line -> line.replaceFirst("^(- |  )", "")).toList());
  }

  private static Literal literal(List<String> lines, boolean console) {
    return new Literal(
        lines.stream().map(line -> new Line(line, console && line.matches("[#$>] .*"))).toList());
  }
}
