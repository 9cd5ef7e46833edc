package io.belljar.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Parsers of one program's command line. Making one describes every option anew, which takes longer
 * than most requests, and none may be used by two requests at a time; so they are kept and lent.
 *
 * <p>A parser knows only the command that the words name: describing all others was half of what a
 * new planner's first caller waited for. Where that is not enough, as for help and for what is
 * wrong with the words, one that knows all commands takes its place.
 */
public final class CommandLines {
  private static final String ALL = "";

  private final Map<String, Queue<CommandLine>> idle = new ConcurrentHashMap<>();
  private final Commands commands;
  private final Consumer<CommandLine> completion;

  /** For command lines of these commands. */
  public CommandLines(Commands commands) {
    this(commands, line -> {});
  }

  /** With what is still to be added to each parser that knows all commands. */
  public CommandLines(Commands commands, Consumer<CommandLine> completion) {
    this.commands = commands;
    this.completion = completion;
  }

  /** What a parser is used for; it may be used again for the same words. */
  @FunctionalInterface
  public interface Use {
    /**
     * Answers, once and for all.
     *
     * @param line what it parsed before has left nothing in it
     * @param complete whether it knows all commands
     * @return empty when a parser is needed that does; never when it does
     */
    Optional<Ending> with(CommandLine line, boolean complete);
  }

  /** Lends a parser for these words. */
  public Ending lend(List<String> words, Use use) {
    for (String word : words) {
      if (commands.isCompleteWith(word)) {
        break;
      }
      if (commands.knows(word)) {
        Optional<Ending> ending = lend(word, use);
        if (ending.isPresent()) {
          return ending.get();
        }
        break;
      }
    }
    return lend(ALL, use).orElseThrow();
  }

  private Optional<Ending> lend(String name, Use use) {
    Queue<CommandLine> kept = idle.computeIfAbsent(name, _ -> new ConcurrentLinkedQueue<>());
    CommandLine found = kept.poll();
    CommandLine line =
        found != null ? found : name.equals(ALL) ? all() : configured(commands.only(name));
    try {
      return use.with(line, name.equals(ALL));
    } finally {
      kept.add(line);
    }
  }

  /** A parser that knows all commands, not to be given back. */
  public CommandLine all() {
    CommandLine line = commands.all();
    completion.accept(line);
    return configured(line);
  }

  private static CommandLine configured(CommandLine line) {
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
