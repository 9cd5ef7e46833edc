package io.belljar.cli.share;

import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A word after the options.
 *
 * @param label its name
 * @param repeatable whether more like it may follow
 * @param description one line
 */
record Operand(String label, boolean repeatable, String description) {
  static Operand of(PositionalParamSpec operand) {
    return new Operand(
        operand.paramLabel(),
        operand.arity().max() > 1 || operand.index().isVariable() || operand.isMultiValue(),
        String.join(" ", operand.description()).strip());
  }

  Value value() {
    return Value.of(label);
  }
}
