package io.belljar.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * A program's commands, by their names, so that one can be made without looking at the others.
 *
 * @param root makes the command that all others are subcommands of
 * @param byName what makes each, in the order of the program's help
 * @param aboutOthers names of commands that look at the others
 */
public record Commands(
    Supplier<Object> root, Map<String, Supplier<Object>> byName, Set<String> aboutOthers) {

  /** Collects them in the order in which they are added. */
  public static final class Builder {
    private final Map<String, Supplier<Object>> byName = new LinkedHashMap<>();

    /** A command of this name. */
    public Builder add(String name, Supplier<Object> command) {
      byName.put(name, command);
      return this;
    }

    /** The commands, below this one. */
    public Commands of(Supplier<Object> root, String... aboutOthers) {
      return new Commands(root, byName, Set.of(aboutOthers));
    }
  }

  /** Whether this is the name of one. */
  boolean knows(String name) {
    return byName.containsKey(name);
  }

  /** Whether this is the name of one that takes all others. */
  boolean isCompleteWith(String name) {
    return aboutOthers.contains(name);
  }

  /** A parser that knows this one alone. */
  CommandLine only(String name) {
    return new CommandLine(root.get()).addSubcommand(name, byName.get(name).get());
  }

  /** A parser that knows all of them. */
  CommandLine all() {
    CommandLine line = new CommandLine(root.get());
    byName.forEach((name, command) -> line.addSubcommand(name, command.get()));
    return line;
  }
}
