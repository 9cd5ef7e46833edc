package io.belljar.cli.oci;

import io.belljar.cli.CommandLines;
import io.belljar.cli.Ending;
import io.belljar.cli.Failures;
import io.belljar.planner.Caller;
import io.belljar.runtime.seccomp.SeccompFilters;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code belljar-oci}: runc's command line. */
public final class OciProgram {
  private final CommandLines lines = new CommandLines(OciCommand.commands());
  private final SeccompFilters filters;

  /** With the filters that all requests share. */
  public OciProgram(SeccompFilters filters) {
    this.filters = filters;
  }

  /** A parser of its command line, for those who describe it. */
  public static CommandLine commandLine() {
    return new CommandLines(OciCommand.commands()).all();
  }

  /** Answers one request. */
  public void handle(Caller caller) {
    Ending ending =
        lines.lend(caller.request().arguments(), (line, complete) -> run(caller, line, complete));
    ending.code().ifPresent(caller::exit);
  }

  private Optional<Ending> run(Caller caller, CommandLine line, boolean complete) {
    OciCommand globals = line.getCommand();
    List<CommandLine> chain;
    try {
      ParseResult parsed = line.parseArgs(caller.request().arguments().toArray(String[]::new));
      chain = parsed.asCommandLineList();
    } catch (ParameterException wrong) {
      return complete ? Optional.of(globals.fail(caller, usage(wrong), 1)) : Optional.empty();
    }
    CommandLine last = chain.getLast();
    if (last.isUsageHelpRequested() || (chain.size() == 1 && !line.isVersionHelpRequested())) {
      return help(caller, last, complete);
    }
    if (line.isVersionHelpRequested()) {
      caller.print(VersionText.text());
      return Optional.of(Ending.SUCCESS);
    }
    return Optional.of(run(caller, globals, last.getCommand()));
  }

  private static Optional<Ending> help(Caller caller, CommandLine line, boolean complete) {
    if (!complete) {
      return Optional.empty();
    }
    caller.print(line.getUsageMessage());
    return Optional.of(Ending.SUCCESS);
  }

  private Ending run(Caller caller, OciCommand globals, OciVerb verb) {
    try {
      return verb.run(new OciContext(caller, globals, filters));
    } catch (RuntimeException failure) {
      Optional<String> message = Failures.message(failure);
      if (message.isEmpty()) {
        throw failure;
      }
      return globals.fail(caller, verb.failurePrefix() + message.get(), verb.failureCode());
    }
  }

  private static String usage(ParameterException wrong) {
    String name = wrong.getCommandLine().getCommandSpec().qualifiedName();
    boolean verb =
        wrong instanceof CommandLine.UnmatchedArgumentException
            && wrong.getCommandLine().getParent() == null;
    String problem =
        verb
            ? "no command \""
                + ((CommandLine.UnmatchedArgumentException) wrong).getUnmatched().getFirst()
                + "\""
            : wrong.getMessage();
    return problem + "; see " + name + " --help";
  }
}
