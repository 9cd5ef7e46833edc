package io.belljar.cli.people;

import io.belljar.InvalidIsolationException;
import io.belljar.assembly.CommandFailure;
import io.belljar.cli.CommandLines;
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
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

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
   * @param commands makes the command that all others are subcommands of
   * @param filters what all requests share
   */
  public PeopleProgram(Supplier<Object> commands, SeccompFilters filters) {
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
    CommandLine line = lines.borrow().setStopAtPositional(true);
    line.getSubcommands().values().forEach(PeopleProgram::mixOptions);
    try {
      Ending ending = run(caller, line);
      ending.code().ifPresent(caller::exit);
    } finally {
      lines.giveBack(line);
    }
  }

  private static void mixOptions(CommandLine line) {
    if (line.getCommand() instanceof PeopleVerb verb && verb.mixesOptions()) {
      line.setStopAtPositional(false);
    }
  }

  private Ending run(Caller caller, CommandLine line) {
    var context = new PeopleContext(caller, filters);
    List<String> arguments = caller.request().arguments();
    try {
      if (Conclusion.isAsked(arguments)) {
        Conclusion.carryOut(context);
        return Ending.SUCCESS;
      }
      return run(context, line, arguments);
    } catch (ParameterException wrong) {
      return fail(caller, verb(wrong), WrongLine.message(wrong));
    } catch (RuntimeException failure) {
      String message = message(failure).orElseThrow(() -> failure);
      return fail(caller, NAME, message, FAILED);
    }
  }

  /** Whose command line is wrong, if it is a command's. */
  private static Optional<PeopleVerb> verb(ParameterException wrong) {
    return wrong.getCommandLine().getCommand() instanceof PeopleVerb verb
        ? Optional.of(verb)
        : Optional.empty();
  }

  private static Ending run(PeopleContext context, CommandLine line, List<String> arguments) {
    List<String> words;
    Optional<ToolArguments> tool = ToolArguments.find(line, arguments);
    try {
      words = tool.map(ToolArguments::rewritten).orElse(arguments);
    } catch (WrongUsage wrong) {
      return fail(context.caller(), tool.orElseThrow().verb(), wrong);
    }
    List<CommandLine> chain = line.parseArgs(words.toArray(String[]::new)).asCommandLineList();
    CommandLine last = chain.getLast();
    if (last.isUsageHelpRequested() || (chain.size() == 1 && !line.isVersionHelpRequested())) {
      context.caller().print(last.getUsageMessage());
      return Ending.SUCCESS;
    }
    if (line.isVersionHelpRequested()) {
      String version = PeopleProgram.class.getPackage().getImplementationVersion();
      context
          .caller()
          .print("belljar version %s\n".formatted(version == null ? "development" : version));
      return Ending.SUCCESS;
    }
    return run(context, chain.get(chain.size() - 2), last);
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
