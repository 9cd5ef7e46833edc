package io.belljar.cli.share;

import io.belljar.cli.share.Value.Kind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Completion for bash, with or without the package bash-completion: a table of the commands, and
 * {@code completion.bash}, which reads it.
 */
record BashCompletion(Described program, List<String> topics, String containers) {
  String text(String engine) {
    return engine
        .replace("@function@", "_" + function())
        .replace("@program@", program.name())
        .replace("@containers@", containers)
        .replace("@topics@", String.join(" ", topics))
        .replace("@table@", program.all().map(this::row).collect(Collectors.joining()));
  }

  private String function() {
    return program.name().replace('-', '_');
  }

  private String row(Described command) {
    return """
        '%s')
          commands='%s'
          options='%s'
          values='%s'
          operands='%s'
          ;;
    """
        .formatted(
            command.qualifiedName(),
            joined(command.commands().stream().map(Described::name).toList()),
            joined(command.options().stream().flatMap(o -> o.names().stream()).toList()),
            joined(command.options().stream().flatMap(o -> values(o).stream()).toList()),
            joined(command.operands().stream().map(BashCompletion::operand).toList()));
  }

  private static String joined(List<String> words) {
    return String.join(" ", words);
  }

  /** {@code --name=KINDS}; after {@code ?} for a value that can be left out. */
  private static List<String> values(Choice option) {
    if (option.label().isEmpty()) {
      return List.of();
    }
    String kinds = (option.optional() ? "?" : "") + kinds(option.value());
    return option.names().stream().map(name -> name + "=" + kinds).toList();
  }

  private static String operand(Operand operand) {
    return kinds(operand.value()) + (operand.repeatable() ? "+" : "");
  }

  private static String kinds(Value value) {
    List<String> kinds =
        value.kinds().stream().sorted().map(Kind::name).collect(Collectors.toList());
    kinds.replaceAll(kind -> kind.toLowerCase(Locale.ROOT));
    value.words().forEach(word -> kinds.add("=" + word));
    return kinds.isEmpty() ? "none" : String.join(",", kinds);
  }
}
