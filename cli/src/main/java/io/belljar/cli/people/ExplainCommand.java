package io.belljar.cli.people;

import io.belljar.cli.Ending;
import io.belljar.cli.people.Explainable.Preview;
import io.belljar.linux.text.TerminalText;
import io.belljar.plan.Explanation;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code belljar explain}, whose subcommands are all commands that can be explained. */
@Command(
    name = "explain",
    description = "Print what a command would do, system call by system call, and do nothing.",
    synopsisSubcommandLabel = "COMMAND ...")
public final class ExplainCommand extends PeopleVerb {
  private static final String JSON = "--json";

  @Option(names = JSON, description = "As JSON.")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Ending run(PeopleContext context) {
    throw new ParameterException(
        spec.commandLine(),
        "explain: say what, as in belljar explain run ...; it takes " + taken(spec.commandLine()));
  }

  /** The commands that it takes, for a line. */
  static String taken(CommandLine explain) {
    return String.join(", ", new TreeSet<>(explain.getSubcommands().keySet()));
  }

  /** Gives {@code explain} those of the other commands that can be explained. */
  static void offer(CommandLine root) {
    CommandLine explain = root.getSubcommands().get("explain");
    for (Map.Entry<String, CommandLine> command : root.getSubcommands().entrySet()) {
      if (command.getValue().getCommand() instanceof Explainable explainable) {
        var explained = new CommandLine(explainable.getClass());
        explained
            .getCommandSpec()
            .addOption(OptionSpec.builder(JSON).description("As JSON.").build());
        explain.addSubcommand(command.getKey(), explained);
      }
    }
  }

  /** Explains a command instead of carrying it out. */
  Ending explain(PeopleContext context, CommandLine command) {
    Preview preview = command.<Explainable>getCommand().preview(context);
    if (json || command.getParseResult().hasMatchedOption(JSON)) {
      context.caller().print(Explanation.json(preview.plan()));
    } else {
      context.caller().print(text(preview));
    }
    return Ending.SUCCESS;
  }

  /** What a command would do, for people. */
  static String text(Preview preview) {
    String introduction = preview.introduction();
    return (introduction.isEmpty() ? "" : TerminalText.printableLines(introduction) + "\n\n")
        + Explanation.text(preview.plan());
  }
}
