package io.belljar.cli.people;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line that cannot be read, in a line that says what to do instead. */
final class WrongLine {
  private static final String NO_IMAGES =
      "there are no images yet: a root is --rootfs or --from-host of belljar run";
  private static final String NO_RESTART =
      "an ended container cannot be started again; run a new one";

  /** Commands of other engines. */
  private static final Map<String, String> HINTS =
      Map.of(
          "build", NO_IMAGES,
          "images", NO_IMAGES,
          "pull", NO_IMAGES,
          "restart", NO_RESTART,
          "start", NO_RESTART,
          "version", "see belljar --version");

  private WrongLine() {}

  /** The line, without the speaker. */
  static String message(ParameterException wrong) {
    CommandLine line = wrong.getCommandLine();
    String advice = "; see " + line.getCommandSpec().qualifiedName() + " --help";
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().getFirst();
      return unmatched.isUnknownOption()
          ? word + ": unknown option" + advice
          : unexpected(line, word, advice);
    }
    return wrong.getMessage() + (isNoHelp(wrong) ? " (--help shows the options)" : advice);
  }

  /** Whether {@code -h} is another option of this command, and may have been typed for help. */
  private static boolean isNoHelp(ParameterException wrong) {
    return wrong instanceof MissingParameterException missing
        && missing.getMissing().stream()
            .anyMatch(argument ->
                argument instanceof OptionSpec option && List.of(option.names()).contains("-h"));
  }

  private static String unexpected(CommandLine line, String word, String advice) {
    if (line.getParent() == null) {
      return unknownCommand(line, word);
    }
    if (line.getCommand() instanceof ExplainCommand) {
      boolean command = line.getParent().getSubcommands().containsKey(word);
      return "%s; explain takes %s"
          .formatted(
              command ? word + " has no plan" : "\"" + word + "\" is not a command",
              ExplainCommand.taken(line));
    }
    boolean tool = !line.<PeopleVerb>getCommand().speaker().equals(PeopleProgram.NAME);
    String name = tool ? "" : line.getCommandName() + ": ";
    return name + "unexpected \"" + word + "\"" + advice;
  }

  private static String unknownCommand(CommandLine root, String word) {
    String hint = HINTS.get(word);
    if (hint != null) {
      return word + ": " + hint;
    }
    Optional<String> meant = Spelling.nearest(word, root.getSubcommands().keySet());
    return "\""
        + word
        + "\" is not a command; "
        + meant.map(name -> "did you mean " + name + "?").orElse("see belljar --help");
  }
}
