package io.belljar.cli.share;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command as it is declared, without what is hidden.
 *
 * @param path the words that lead to it, the program's first
 * @param description one line or more, the first a summary
 * @param synopsis the lines after {@code Usage:}
 * @param footer what its help ends with
 * @param options by their longest name
 * @param operands in their order
 * @param commands those below it
 */
record Described(
    List<String> path,
    List<String> description,
    List<String> synopsis,
    List<String> footer,
    List<Choice> options,
    List<Operand> operands,
    List<Described> commands) {

  static Described of(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    Help help = line.getHelp();
    return new Described(
        List.of(spec.qualifiedName().split(" ")),
        List.of(spec.usageMessage().description()),
        help.synopsis(0).lines().map(String::strip).toList(),
        List.of(spec.usageMessage().footer()),
        spec.options().stream()
            .filter(option -> !option.hidden())
            .sorted((a, b) -> key(a).compareToIgnoreCase(key(b)))
            .map(Choice::of)
            .toList(),
        spec.positionalParameters().stream()
            .filter(operand -> !operand.hidden())
            .map(Operand::of)
            .toList(),
        line.getSubcommands().values().stream()
            .distinct()
            .filter(command -> !command.getCommandSpec().usageMessage().hidden())
            .map(Described::of)
            .toList());
  }

  private static String key(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }

  /** Its own name. */
  String name() {
    return path.getLast();
  }

  /** All words that lead to it. */
  String qualifiedName() {
    return String.join(" ", path);
  }

  /** What it does, in one sentence, without a full stop. */
  String summary() {
    return description.isEmpty() ? "" : description.getFirst().replaceFirst("[.:].*$", "");
  }

  /** It and all below it. */
  Stream<Described> all() {
    return Stream.concat(Stream.of(this), commands.stream().flatMap(Described::all));
  }

  /** The operand at this place, from 0: the last one where it is repeatable. */
  Optional<Operand> operand(int place) {
    if (place < operands.size()) {
      return Optional.of(operands.get(place));
    }
    return operands.isEmpty() || !operands.getLast().repeatable()
        ? Optional.empty()
        : Optional.of(operands.getLast());
  }
}
