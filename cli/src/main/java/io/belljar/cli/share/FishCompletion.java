package io.belljar.cli.share;

import io.belljar.cli.share.Value.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Completion for fish: a {@code complete} for each option and each operand. */
record FishCompletion(Described program, List<String> topics, String containers) {
  String text(String engine) {
    return engine
        .replace("@function@", "__" + program.name().replace('-', '_'))
        .replace("@program@", program.name())
        .replace("@containers@", containers)
        .replace("@commands@", lines(program.all().flatMap(c -> names(c).stream()).toList()))
        .replace("@valued@", lines(program.all().flatMap(c -> valued(c).stream()).toList()))
        .replace("@table@", program.all().map(this::rows).collect(Collectors.joining("\n")));
  }

  private static String lines(List<String> words) {
    return words.stream().map(FishCompletion::quoted).collect(Collectors.joining(" \\\n    "));
  }

  private static List<String> names(Described command) {
    return command.commands().stream().map(Described::qualifiedName).toList();
  }

  private static List<String> valued(Described command) {
    return command.options().stream()
        .filter(Choice::takesNext)
        .flatMap(option -> option.names().stream())
        .map(name -> command.qualifiedName() + " " + name)
        .toList();
  }

  private String rows(Described command) {
    StringBuilder rows = new StringBuilder();
    String at = "@function@_at " + quoted(command.qualifiedName());
    for (Described below : command.commands()) {
      row(rows, at + " 0", "-a " + below.name() + " -d " + quoted(below.summary()));
    }
    for (Choice option : command.options()) {
      row(rows, at + " 0", option(option));
    }
    for (int place = 0; place < command.operands().size(); place++) {
      Operand operand = command.operands().get(place);
      boolean onward = operand.repeatable() && place == command.operands().size() - 1;
      operand(rows, at + " " + place + (onward ? " on" : ""), operand.value());
    }
    return rows.toString().replace("@function@", "__" + program.name().replace('-', '_'));
  }

  private void row(StringBuilder rows, String condition, String rest) {
    rows.append("complete -c %s -n %s %s\n".formatted(program.name(), quoted(condition), rest));
  }

  private String option(Choice option) {
    StringBuilder text = new StringBuilder();
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
          .append(' ');
    }
    if (option.takesNext()) {
      Value value = option.value();
      boolean files = value.kinds().contains(Kind.FILE);
      text.append(files ? "-r -F " : "-x ");
      String candidates = candidates(value);
      if (!candidates.isEmpty()) {
        text.append("-a ").append(quoted(candidates)).append(' ');
      }
    }
    return text + "-d " + quoted(option.description());
  }

  private void operand(StringBuilder rows, String condition, Value value) {
    if (value.kinds().contains(Kind.FILE)) {
      row(rows, condition, "-F");
    }
    String candidates = candidates(value);
    if (!candidates.isEmpty()) {
      row(rows, condition, "-a " + quoted(candidates));
    }
  }

  private String candidates(Value value) {
    List<String> all = new ArrayList<>();
    for (Kind kind : value.kinds().stream().sorted().toList()) {
      switch (kind) {
        case FILE -> {}
        case DIRECTORY -> all.add("(__fish_complete_directories)");
        case PROGRAM -> all.add("(@function@_program)");
        case CONTAINER -> all.add("(@function@_containers)");
        case PID -> all.add("(__fish_complete_pids)");
        case USER -> all.add("(__fish_complete_users)");
        case SIGNAL -> all.add("(string replace -r '^SIG' '' (kill -l | string split ' '))");
        case COMMAND -> all.addAll(program.commands().stream().map(Described::name).toList());
        case TOPIC -> all.addAll(topics);
      }
    }
    all.addAll(value.words());
    return String.join(" ", all).replace("@function@", "__" + program.name().replace('-', '_'));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
