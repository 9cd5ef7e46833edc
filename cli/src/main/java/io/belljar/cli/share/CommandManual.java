package io.belljar.cli.share;

import io.belljar.cli.help.Page;
import io.belljar.cli.share.ManualPage.Edition;
import java.util.List;
import java.util.Optional;

/** The manual pages of commands. */
final class CommandManual {
  private final Edition edition;

  CommandManual(Edition edition) {
    this.edition = edition;
  }

  /**
   * The page of one command of a program.
   *
   * @param notes what there is to say beyond its options
   * @param others the pages to see as well, such as {@code belljar(1)}
   */
  ManualPage page(Described command, Optional<Page> notes, List<String> others) {
    ManualPage manual = begin(command);
    body(manual.text(), command);
    notes.ifPresent(page -> manual.add(page.blocks()));
    return end(manual, others);
  }

  /** The page of a program, with its commands listed and described elsewhere. */
  ManualPage program(
      Described program, Optional<Page> notes, List<String> topics, List<String> others) {
    ManualPage manual = begin(program);
    Roff text = manual.text();
    body(text, program);
    text.macro(".SH COMMANDS");
    for (Described command : program.commands()) {
      text.macro(".TP")
          .marked(Roff.bold(program.name() + "-" + command.name()) + "(1)")
          .lines(String.join("\n", command.description()));
    }
    text.macro(".SH TOPICS").lines("Pages that explain what is behind the commands:");
    for (String topic : topics) {
      text.macro(".br").marked(Roff.bold("belljar-" + topic) + "(7)");
    }
    notes.ifPresent(page -> manual.add(page.blocks()));
    return end(manual, others);
  }

  /** The page of a program that has all its commands on one page. */
  ManualPage whole(Described program, Optional<Page> notes, List<String> others) {
    ManualPage manual = begin(program);
    Roff text = manual.text();
    body(text, program);
    text.macro(".SH COMMANDS");
    for (Described command : program.commands()) {
      text.macro(".SS", command.name());
      command.synopsis().forEach(line -> text.marked(synopsis(line)));
      text.macro(".PP").lines(String.join("\n", command.description()));
      parts(text, command);
    }
    notes.ifPresent(page -> manual.add(page.blocks()));
    return end(manual, others);
  }

  private ManualPage begin(Described command) {
    String summary = command.summary();
    return ManualPage.begin(
        String.join("-", command.path()),
        1,
        summary.substring(0, Math.min(1, summary.length())).toLowerCase(java.util.Locale.ROOT)
            + summary.substring(Math.min(1, summary.length())),
        edition);
  }

  private static void body(Roff text, Described command) {
    text.macro(".SH SYNOPSIS");
    for (int i = 0; i < command.synopsis().size(); i++) {
      if (i > 0) {
        text.macro(".br");
      }
      text.marked(synopsis(command.synopsis().get(i)));
    }
    text.macro(".SH DESCRIPTION").lines(String.join("\n", command.description()));
    command.footer().stream().filter(line -> !line.isBlank()).forEach(text::lines);
    if (!command.options().isEmpty()) {
      text.macro(".SH OPTIONS");
    }
    parts(text, command);
  }

  private static void parts(Roff text, Described command) {
    for (Operand operand : command.operands()) {
      text.macro(".TP")
          .marked(Roff.italic(operand.label()) + (operand.repeatable() ? "..." : ""))
          .lines(orDash(operand.description()));
    }
    for (Choice option : command.options()) {
      text.macro(".TP").marked(names(option)).lines(orDash(option.description()));
    }
  }

  private static String orDash(String description) {
    return description.isEmpty() ? "-" : description;
  }

  private static String names(Choice option) {
    StringBuilder names = new StringBuilder();
    for (String name : option.names()) {
      names.append(names.isEmpty() ? "" : ", ").append(Roff.bold(name));
    }
    String before = option.names().getLast().startsWith("--") ? "=" : " ";
    option
        .label()
        .map(label -> before + label)
        .map(label -> option.optional() ? "[" + label + "]" : label)
        .ifPresent(label -> names.append(Roff.italic(label)));
    return names.toString();
  }

  private static String synopsis(String line) {
    String[] words = line.split(" ", 2);
    return Roff.bold(words[0]) + (words.length == 1 ? "" : " " + Roff.escaped(words[1]));
  }

  private static ManualPage end(ManualPage manual, List<String> others) {
    manual.text().macro(".SH SEE ALSO");
    for (int i = 0; i < others.size(); i++) {
      String[] parts = others.get(i).split("\\(");
      String comma = i < others.size() - 1 ? "," : "";
      manual.text().marked(Roff.bold(parts[0]) + "(" + parts[1] + comma);
    }
    return manual;
  }
}
