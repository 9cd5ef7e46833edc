package io.belljar.cli.people;

import io.belljar.cli.getopt.Getopt;
import io.belljar.cli.getopt.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/**
 * A command line that names a command whose words are not read as picocli reads them.
 *
 * @param command the command
 * @param before the words up to its name
 * @param after the words after it
 */
record ToolArguments(CommandLine command, List<String> before, List<String> after) {
  /** Empty when the command is another, or when there is none. */
  static Optional<ToolArguments> find(CommandLine root, List<String> arguments) {
    CommandLine command = root;
    for (int i = 0; i < arguments.size() && command != null; i++) {
      if (arguments.get(i).startsWith("-")) {
        continue; // options before a command's name are flags
      }
      command = command.getSubcommands().get(arguments.get(i));
      if (command != null
          && command.getCommand() instanceof PeopleVerb verb
          && verb.syntax() != Syntax.OWN) {
        return Optional.of(
            new ToolArguments(
                command, arguments.subList(0, i + 1), arguments.subList(i + 1, arguments.size())));
      }
    }
    return Optional.empty();
  }

  /** Whose command line it is. */
  PeopleVerb verb() {
    return command.getCommand();
  }

  /**
   * The words as picocli is to read them.
   *
   * @throws io.belljar.cli.getopt.WrongUsage when they are wrong
   */
  List<String> rewritten() {
    List<String> words = new ArrayList<>(before);
    words.addAll(Getopt.rewrite(command.getCommandSpec(), verb().syntax(), after));
    return words;
  }
}
