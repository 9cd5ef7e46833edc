package io.belljar.cli.people;

import io.belljar.cli.Ending;
import io.belljar.cli.people.Explainable.Preview;
import io.belljar.plan.Explanation;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** {@code belljar explain}, whose subcommands are all commands that can be explained. */
@Command(
    name = "explain",
    description = "Print what a command would do, system call by system call, and do nothing.",
    synopsisSubcommandLabel = "COMMAND ...")
public final class ExplainCommand extends PeopleVerb {
  private static final String JSON = "--json";

  @Option(names = JSON, description = "As JSON.")
  boolean json;

  @Override
  public Ending run(PeopleContext context) {
    context.caller().printError("belljar: explain: say what: belljar explain run ...\n");
    return Ending.exit(PeopleProgram.FAILED);
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
    return (introduction.isEmpty() ? "" : introduction + "\n\n") + Explanation.text(preview.plan());
  }
}
