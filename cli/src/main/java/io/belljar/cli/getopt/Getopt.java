package io.belljar.cli.getopt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Rewrites a command line of getopt_long(3) into one that picocli reads in the same way.
 *
 * <p>They differ where scripts notice: an optional value counts only when it is attached ({@code
 * -mFILE}, {@code --mount=FILE}), a long option may be shortened as long as it is unambiguous, and
 * an option that takes a value takes the next word, whatever it is. Each option comes out in its
 * full length with its value attached, and the operands after a {@code --}.
 */
public final class Getopt {
  private final CommandSpec spec;
  private final Syntax syntax;
  private final List<String> words;
  private final List<String> options = new ArrayList<>();
  private final List<String> operands = new ArrayList<>();
  private int next;

  private Getopt(CommandSpec spec, Syntax syntax, List<String> words) {
    this.spec = spec;
    this.syntax = syntax;
    this.words = words;
  }

  /**
   * The same for picocli.
   *
   * @param spec the command's options
   * @param syntax not {@link Syntax#OWN}
   * @param words what follows the command's name
   * @throws WrongUsage in getopt's words
   */
  public static List<String> rewrite(CommandSpec spec, Syntax syntax, List<String> words) {
    return new Getopt(spec, syntax, words).rewrite();
  }

  private List<String> rewrite() {
    while (next < words.size()) {
      String word = words.get(next++);
      if (word.equals("--")) {
        break;
      }
      if (word.startsWith("--")) {
        if (endsWith(longOption(word))) {
          return options;
        }
      } else if (word.startsWith("-") && word.length() > 1) {
        if (shortOptions(word)) {
          return options;
        }
      } else if (syntax == Syntax.GETOPT_ANYWHERE) {
        operands.add(word);
      } else {
        next--;
        break;
      }
    }
    operands.addAll(words.subList(next, words.size()));
    options.add("--");
    options.addAll(operands);
    return options;
  }

  /** Help and version are answered at once, whatever follows. */
  private static boolean endsWith(OptionSpec option) {
    return option.usageHelp() || option.versionHelp();
  }

  private OptionSpec longOption(String word) {
    int equals = word.indexOf('=');
    String typed = equals < 0 ? word : word.substring(0, equals);
    Map<String, OptionSpec> found = candidates(typed);
    Set<OptionSpec> different = Set.copyOf(found.values());
    if (different.isEmpty()) {
      throw new WrongUsage("unrecognized option '" + typed + "'");
    }
    if (different.size() > 1) {
      throw new WrongUsage(
          "option '%s' is ambiguous; possibilities:%s"
              .formatted(
                  word,
                  found.keySet().stream()
                      .map(name -> " '" + name + "'")
                      .collect(Collectors.joining())));
    }
    OptionSpec option = different.iterator().next();
    String name = found.keySet().iterator().next();
    if (equals >= 0) {
      if (!takesValue(option)) {
        throw new WrongUsage("option '" + name + "' doesn't allow an argument");
      }
      give(option, word.substring(equals + 1));
    } else if (requiresValue(option)) {
      if (next == words.size()) {
        throw new WrongUsage("option '" + name + "' requires an argument");
      }
      give(option, words.get(next++));
    } else {
      options.add(option.longestName());
    }
    return option;
  }

  /** An exact name, or all that begin so, in the order in which they are declared. */
  private Map<String, OptionSpec> candidates(String typed) {
    OptionSpec exact = spec.optionsMap().get(typed);
    Map<String, OptionSpec> found = new LinkedHashMap<>();
    if (exact != null) {
      found.put(typed, exact);
      return found;
    }
    for (OptionSpec option : spec.options()) {
      Stream.of(option.names())
          .filter(name -> name.startsWith("--") && name.startsWith(typed))
          .forEach(name -> found.put(name, option));
    }
    return found;
  }

  /** A cluster: flags, of which the last may be an option with a value. True ends it all. */
  private boolean shortOptions(String word) {
    for (int at = 1; at < word.length(); at++) {
      char letter = word.charAt(at);
      OptionSpec option = shortOption(letter);
      if (option == null) {
        throw new WrongUsage("invalid option -- '" + letter + "'");
      }
      if (endsWith(option)) {
        options.add(option.longestName());
        return true;
      }
      boolean flag = syntax == Syntax.GETOPT_SHORT_FLAGS && !requiresValue(option);
      if (flag || !takesValue(option)) {
        options.add(option.longestName());
        continue;
      }
      if (at + 1 < word.length()) {
        give(option, word.substring(at + 1));
      } else if (!requiresValue(option)) {
        options.add(option.longestName());
      } else if (next < words.size()) {
        give(option, words.get(next++));
      } else {
        throw new WrongUsage("option requires an argument -- '" + letter + "'");
      }
      return false;
    }
    return false;
  }

  /** -h is --help, where it is nothing else, as of all of util-linux. */
  private OptionSpec shortOption(char letter) {
    OptionSpec option = spec.optionsMap().get("-" + letter);
    return option == null && letter == 'h' ? spec.optionsMap().get("--help") : option;
  }

  private void give(OptionSpec option, String value) {
    options.add(option.longestName() + "=" + value);
  }

  private static boolean takesValue(OptionSpec option) {
    return option.arity().max() > 0;
  }

  private static boolean requiresValue(OptionSpec option) {
    return option.arity().min() > 0;
  }
}
