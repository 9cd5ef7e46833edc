package io.belljar.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import java.util.function.Supplier;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The options and operands of one command, a line of code for each. picocli does with them what it
 * does with annotated fields; but to read annotations takes reflection, of which an ahead-of-time
 * cache holds nothing, and the first caller of a new planner waits for it.
 *
 * <p>What declares an option gives what reads its value, which is that of the last words parsed.
 * Names are separated by a space.
 */
public final class CommandSyntax {
  private final CommandSpec spec;

  /** Of what carries the command out. */
  public CommandSyntax(Object command, String description) {
    spec = CommandSpec.wrapWithoutInspection(command);
    spec.usageMessage().description(description);
  }

  /** What a parser is made of. */
  public CommandSpec spec() {
    return spec;
  }

  /** The option that asks for help. */
  public void help() {
    add(ofFlag("--help -h", "Show this help.").usageHelp(true));
  }

  /** The option that asks for the version. */
  public void version() {
    add(ofFlag("--version -v", "Print the version.").versionHelp(true));
  }

  /** An option without a value. */
  public Supplier<Boolean> flag(String names, String description) {
    return add(ofFlag(names, description))::getValue;
  }

  /** A flag that changes nothing, and that help leaves out. */
  public void ignoredFlag(String names, String description) {
    add(ofFlag(names, description).hidden(true));
  }

  /** An option with a text. */
  public Supplier<Optional<String>> text(String names, String label, String description) {
    ArgSpec option =
        add(
            option(names, description)
                .paramLabel(label)
                .type(String.class)
                .preprocessor(CommandSyntax::takeNextWord));
    return () -> Optional.ofNullable(option.getValue());
  }

  /**
   * The value is the next word, whatever it looks like: so it is with runc. picocli would find out
   * whether it resembles an option, or a number, by failing to read it as one.
   */
  private static boolean takeNextWord(
      Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> situation) {
    if (words.isEmpty()) {
      return false;
    }
    option.setValue(words.pop());
    return true;
  }

  /** An option with a text that may be given repeatedly. */
  public Supplier<List<String>> texts(String names, String label, String description) {
    return list(add(option(names, description).paramLabel(label).type(List.class)));
  }

  /** An option with a whole number, 0 otherwise. */
  public Supplier<Integer> number(String names, String label, String description) {
    var option = option(names, description).paramLabel(label).type(int.class).initialValue(0);
    return add(option)::getValue;
  }

  /** An option with one of an enum's constants. */
  public <E extends Enum<E>> Supplier<E> choice(
      String names, String label, String description, E otherwise) {
    Class<E> type = otherwise.getDeclaringClass();
    var option = option(names, description).paramLabel(label).type(type).initialValue(otherwise);
    return add(option)::getValue;
  }

  /** The next word after the options, which must be there. */
  public Supplier<String> operand(String label, String description) {
    return add(next("", label, description).required(true).type(String.class))::getValue;
  }

  /** The next word after the options, which may be left out. */
  public Supplier<String> operand(String label, String description, String otherwise) {
    var operand = next("", label, description).arity("0..1").type(String.class);
    return add(operand.defaultValue(otherwise))::getValue;
  }

  /** All further words. */
  public Supplier<List<String>> operands(String label, String description) {
    return list(add(next("..*", label, description).arity("0..*").type(List.class)));
  }

  private static Supplier<List<String>> list(ArgSpec texts) {
    return () -> Optional.<List<String>>ofNullable(texts.getValue()).orElse(List.of());
  }

  private static OptionSpec.Builder ofFlag(String names, String description) {
    return option(names, description).type(boolean.class).initialValue(false);
  }

  private static OptionSpec.Builder option(String names, String description) {
    return OptionSpec.builder(names.split(" ")).description(description);
  }

  private PositionalParamSpec.Builder next(String orMore, String label, String description) {
    return PositionalParamSpec.builder()
        .index(spec.positionalParameters().size() + orMore)
        .paramLabel(label)
        .description(description);
  }

  private ArgSpec add(OptionSpec.Builder option) {
    OptionSpec built = option.build();
    spec.addOption(built);
    return built;
  }

  private ArgSpec add(PositionalParamSpec.Builder operand) {
    PositionalParamSpec built = operand.build();
    spec.addPositional(built);
    return built;
  }
}
