package io.belljar.cli.share;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option.
 *
 * @param names short ones first
 * @param label its value's name; empty when it has none
 * @param optional whether the value can be left out, and otherwise follows a {@code =}
 * @param repeatable whether it can be given again
 * @param description one line
 */
record Choice(
    List<String> names,
    Optional<String> label,
    boolean optional,
    boolean repeatable,
    String description) {

  static Choice of(OptionSpec option) {
    boolean valued = option.arity().max() > 0;
    return new Choice(
        List.of(option.names()),
        valued ? Optional.of(option.paramLabel()) : Optional.empty(),
        valued && option.arity().min() == 0,
        option.isMultiValue(),
        String.join(" ", option.description()).strip());
  }

  /** Whether the word after it is its value. */
  boolean takesNext() {
    return label.isPresent() && !optional;
  }

  /** What its value can be. */
  Value value() {
    return Value.of(label.orElse(""));
  }
}
