package io.belljar.cli.help;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.cli.people.PeopleVerb;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code belljar help}: the options of a command, or a page about a topic. */
@Command(
    name = "help",
    description = "Show the options of a command, or explain a topic.",
    customSynopsis = "belljar help [COMMAND|TOPIC]")
public final class HelpCommand extends PeopleVerb {
  @Spec CommandSpec spec;

  @Parameters(
      index = "0..*",
      paramLabel = "COMMAND|TOPIC",
      arity = "0..*",
      description = "Without one: what there is.")
  List<String> names;

  @Override
  public Ending run(PeopleContext context) {
    var request = context.caller().request();
    context.caller().print(text(request.terminals().output()));
    return Ending.SUCCESS;
  }

  private String text(boolean terminal) {
    CommandLine asked = spec.root().commandLine();
    if (names == null) {
      return asked.getUsageMessage();
    }
    for (String name : names) {
      CommandLine next = asked.getSubcommands().get(name);
      if (next == null) {
        return Topic.of(name)
            .filter(topic -> names.size() == 1)
            .map(topic -> new PageText(terminal).of(topic.page()))
            .orElseThrow(() -> unknown(name));
      }
      asked = next;
    }
    return asked.getUsageMessage();
  }

  private ParameterException unknown(String name) {
    boolean known = spec.root().subcommands().containsKey(name) || Topic.of(name).isPresent();
    return new ParameterException(
        spec.commandLine(),
        known
            ? "help: " + String.join(" ", names) + ": one command or topic at a time"
            : "help: \"" + name + "\" is neither a command nor a topic; see belljar help");
  }
}
