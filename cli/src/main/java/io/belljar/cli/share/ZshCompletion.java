package io.belljar.cli.share;

import io.belljar.cli.share.Value.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Completion for zsh: a function for each command, with a call of {@code _arguments}. */
record ZshCompletion(Described program, List<String> topics, String containers) {
  String text(String engine) {
    return engine
        .replace("@function@", function(program))
        .replace("@program@", program.name())
        .replace("@containers@", containers)
        .replace("@topics@", String.join(" ", topics))
        .replace("@commands@", commands(program))
        .replace("@table@", program.all().map(this::command).collect(Collectors.joining("\n")));
  }

  private static String function(Described command) {
    return "_" + String.join("_", command.path()).replace('-', '_');
  }

  /** The commands below one, as {@code _describe} wants them. */
  private static String commands(Described command) {
    return command.commands().stream()
        .map(below -> quoted(below.name() + ":" + below.summary()))
        .collect(Collectors.joining(" "));
  }

  private String command(Described command) {
    List<String> words = new ArrayList<>();
    command.options().forEach(option -> words.add(option(option)));
    return command.commands().isEmpty() ? leaf(command, words) : branch(command, words);
  }

  private String leaf(Described command, List<String> words) {
    for (int place = 0; place < command.operands().size(); place++) {
      Operand operand = command.operands().get(place);
      boolean program = operand.value().kinds().contains(Kind.PROGRAM);
      boolean last = place == command.operands().size() - 1;
      if (program) {
        words.add("'(-)" + (place + 1) + ":command: _command_names -e'");
        words.add("'*::arguments: _normal'");
      } else {
        String where = operand.repeatable() && last ? "*" : String.valueOf(place + 1);
        words.add(quoted(where + ":" + plain(operand.label()) + ":" + action(operand.value())));
      }
    }
    return "%s() {\n  _arguments -s -S -A '-*' %s\n}\n"
        .formatted(function(command), String.join(" \\\n    ", words));
  }

  private String branch(Described command, List<String> words) {
    words.add("'1:command:->command'");
    words.add("'*::argument:->argument'");
    String cases =
        command.commands().stream()
            .map(below -> "      %s) %s ;;\n".formatted(below.name(), function(below)))
            .collect(Collectors.joining());
    return """
    %s() {
      local curcontext=$curcontext state line
      local -a commands
      _arguments -C -A '-*' %s && return
      case $state in
      command)
        commands=(%s)
        _describe -t commands command commands
        ;;
      argument)
        case $words[1] in
    %s    esac
        ;;
      esac
    }
    """
        .formatted(function(command), String.join(" \\\n    ", words), commands(command), cases);
  }

  private String option(Choice option) {
    String description = "[" + plain(option.description()) + "]";
    String value =
        option.label().isEmpty()
            ? ""
            : (option.optional() ? "::" : ":")
                + plain(option.label().orElseThrow())
                + ":"
                + action(option.value());
    String rest = quoted(description + value);
    String star = option.repeatable() ? "*" : "";
    if (option.names().size() == 1) {
      return "'" + star + spelled(option, option.names().getFirst()) + "'" + rest;
    }
    String exclusive = option.repeatable() ? "'*'" : "'(" + String.join(" ", option.names()) + ")'";
    String names =
        option.names().stream()
            .map(name -> spelled(option, name))
            .collect(Collectors.joining(",", "{", "}"));
    return exclusive + names + rest;
  }

  /** With what says where the value is: after it, or after an equals sign. */
  private static String spelled(Choice option, String name) {
    if (option.label().isEmpty()) {
      return name;
    }
    if (name.startsWith("--")) {
      return option.optional() ? name + "=-" : name + "=";
    }
    return option.optional() ? name + "-" : name + "+";
  }

  private String action(Value value) {
    if (value.isAnything()) {
      return " ";
    }
    String kinds =
        value.kinds().stream()
            .sorted()
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(" "));
    String words = String.join(" ", value.words()).replace(":", "\\:");
    return " " + function(program) + "_value " + (kinds + " " + words).strip();
  }

  private static String plain(String text) {
    return text.replaceAll("[\\[\\]:\\\\]", " ").replaceAll(" +", " ").strip();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
