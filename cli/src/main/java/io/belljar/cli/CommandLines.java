package io.belljar.cli;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Parsers of one program's command line. Making one reads many annotations, which takes longer than
 * most requests, and none may be used by two requests at a time; so they are kept and lent.
 */
public final class CommandLines {
  private final Queue<CommandLine> idle = new ConcurrentLinkedQueue<>();
  private final Supplier<Object> root;
  private final Consumer<CommandLine> completion;

  /** For command lines whose root command is made by {@code root}. */
  public CommandLines(Supplier<Object> root) {
    this(root, line -> {});
  }

  /** With what is still to be added to each new one. */
  public CommandLines(Supplier<Object> root, Consumer<CommandLine> completion) {
    this.root = root;
    this.completion = completion;
  }

  /** A parser to be given back; what it parsed before has left nothing in it. */
  public CommandLine borrow() {
    CommandLine kept = idle.poll();
    return kept == null ? make() : kept;
  }

  /** Gives a parser back. */
  public void giveBack(CommandLine line) {
    idle.add(line);
  }

  private CommandLine make() {
    CommandLine line = new CommandLine(root.get());
    completion.accept(line);
    shortenHelp(line);
    return line.setStopAtPositional(true)
        .setOverwrittenOptionsAllowed(true)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100)
        .setTrimQuotes(false)
        .setInterpolateVariables(false)
        .setExpandAtFiles(false);
  }

  /** {@code -h} is help wherever it is nothing else. */
  private static void shortenHelp(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    OptionSpec help = spec.findOption("--help");
    if (help != null && spec.findOption("-h") == null) {
      spec.remove(help);
      spec.addOption(OptionSpec.builder(help).names("-h", "--help").build());
    }
    line.getSubcommands().values().forEach(CommandLines::shortenHelp);
  }
}
