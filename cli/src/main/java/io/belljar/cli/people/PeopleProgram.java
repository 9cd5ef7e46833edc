package io.belljar.cli.people;

import io.belljar.InvalidIsolationException;
import io.belljar.assembly.CommandFailure;
import io.belljar.cli.CommandLines;
import io.belljar.cli.Commands;
import io.belljar.cli.Ending;
import io.belljar.cli.ErrorLine;
import io.belljar.cli.Failures;
import io.belljar.cli.getopt.WrongUsage;
import io.belljar.cli.help.Overview;
import io.belljar.cli.template.TemplateException;
import io.belljar.planner.Caller;
import io.belljar.runtime.lifecycle.PlanFailedException;
import io.belljar.runtime.seccomp.SeccompFilters;
import io.belljar.runtime.state.StateException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * {@code belljar}, for people. Exit codes are those of docker run: the command's own, 127 when
 * there is no such command, 126 when it cannot be executed, 125 for every failure of Belljar's.
 */
public final class PeopleProgram {
  /** Belljar itself failed. */
  public static final int FAILED = 125;

  static final String NAME = "belljar";

  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  private final CommandLines lines;
  private final SeccompFilters filters;

  /**
   * @param commands all that can be asked for
   * @param filters what all requests share
   */
  public PeopleProgram(Commands commands, SeccompFilters filters) {
    this.lines =
        new CommandLines(
            commands,
            root -> {
              ExplainCommand.offer(root);
              Overview.install(root);
            });
    this.filters = filters;
  }

  /** Answers one request. */
  public void handle(Caller caller) {
    List<String> words = caller.request().arguments();
    var context = new PeopleContext(caller, filters);
    Ending ending =
        Conclusion.isAsked(words)
            ? conclude(context)
            : lines.lend(words, (line, complete) -> run(context, line, complete));
    ending.code().ifPresent(caller::exit);
  }

  private static Ending conclude(PeopleContext context) {
    try {
      Conclusion.carryOut(context);
      return Ending.SUCCESS;
    } catch (RuntimeException failure) {
      return fail(context.caller(), failure);
    }
  }

  private static void mixOptions(CommandLine line) {
    if (line.getCommand() instanceof PeopleVerb verb && verb.mixesOptions()) {
      line.setStopAtPositional(false);
    }
  }

  private static Optional<Ending> run(PeopleContext context, CommandLine line, boolean complete) {
    line.setStopAtPositional(true);
    line.getSubcommands().values().forEach(PeopleProgram::mixOptions);
    List<String> arguments = context.caller().request().arguments();
    Optional<ToolArguments> tool = ToolArguments.find(line, arguments);
    try {
      List<String> words = tool.map(ToolArguments::rewritten).orElse(arguments);
      return answer(context, line.parseArgs(words.toArray(String[]::new)), complete);
    } catch (WrongUsage wrong) {
      return Optional.of(fail(context.caller(), tool.orElseThrow().verb(), wrong));
    } catch (ParameterException wrong) {
      return complete
          ? Optional.of(fail(context.caller(), verb(wrong), WrongLine.message(wrong)))
          : Optional.empty();
    } catch (RuntimeException failure) {
      return Optional.of(fail(context.caller(), failure));
    }
  }

  /** Whose command line is wrong, if it is a command's. */
  private static Optional<PeopleVerb> verb(ParameterException wrong) {
    return wrong.getCommandLine().getCommand() instanceof PeopleVerb verb
        ? Optional.of(verb)
        : Optional.empty();
  }

  private static Optional<Ending> answer(
      PeopleContext context, ParseResult parsed, boolean complete) {
    List<CommandLine> chain = parsed.asCommandLineList();
    CommandLine line = chain.getFirst();
    CommandLine last = chain.getLast();
    if (last.isUsageHelpRequested() || (chain.size() == 1 && !line.isVersionHelpRequested())) {
      if (!complete) {
        return Optional.empty();
      }
      context.caller().print(last.getUsageMessage());
      return Optional.of(Ending.SUCCESS);
    }
    if (line.isVersionHelpRequested()) {
      String version = PeopleProgram.class.getPackage().getImplementationVersion();
      context
          .caller()
          .print("belljar version %s\n".formatted(version == null ? "development" : version));
      return Optional.of(Ending.SUCCESS);
    }
    return Optional.of(run(context, chain.get(chain.size() - 2), last));
  }

  private static Ending run(PeopleContext context, CommandLine parent, CommandLine command) {
    PeopleVerb verb = command.getCommand();
    try {
      return parent.getCommand() instanceof ExplainCommand explain
          ? explain.explain(context, command)
          : verb.run(context);
    } catch (WrongUsage wrong) {
      return fail(context.caller(), verb, wrong);
    } catch (RuntimeException failure) {
      String message = message(failure).orElseThrow(() -> failure);
      return fail(context.caller(), verb.speaker(), message, code(failure, verb));
    }
  }

  /** The line for a failure; empty when it is none that was foreseen. */
  public static Optional<String> message(RuntimeException failure) {
    return switch (failure) {
      case PlanFailedException e -> Optional.of(e.getMessage());
      case StateException e -> Optional.of(e.getMessage());
      case ParameterException e -> Optional.of(e.getMessage());
      case TemplateException e -> Optional.of(e.getMessage());
      case InvalidIsolationException e ->
          Optional.of((e.option().isEmpty() ? "" : "--" + e.option() + ": ") + e.problem());
      default ->
          Failures.message(failure)
              .map(text ->
                  text.equals("container with given ID already exists")
                      ? "--name: there is a container of this name already; belljar rm removes"
                          + " it when it has ended"
                      : text);
    };
  }

  private static int code(RuntimeException failure, PeopleVerb verb) {
    if (failure instanceof PlanFailedException plan) {
      return switch (CommandFailure.of(plan)) {
        case NOT_FOUND -> NOT_FOUND;
        case NOT_EXECUTABLE -> NOT_EXECUTABLE;
        case NONE -> verb.failureCode();
      };
    }
    return verb.failureCode();
  }

  /** A failure outside of any command. */
  private static Ending fail(Caller caller, RuntimeException failure) {
    return fail(caller, NAME, message(failure).orElseThrow(() -> failure), FAILED);
  }

  private static Ending fail(Caller caller, Optional<PeopleVerb> verb, String message) {
    return fail(
        caller,
        verb.map(PeopleVerb::speaker).orElse(NAME),
        message,
        verb.map(PeopleVerb::usageCode).orElse(FAILED));
  }

  private static Ending fail(Caller caller, PeopleVerb verb, WrongUsage wrong) {
    caller.printError(
        ErrorLine.of(verb.speaker(), wrong.getMessage()) + WrongUsage.advice(verb.speaker()));
    return Ending.exit(verb.failureCode());
  }

  private static Ending fail(Caller caller, String speaker, String message, int code) {
    caller.printError(ErrorLine.of(speaker, message.lines().findFirst().orElse("")));
    return Ending.exit(code);
  }
}
