package io.belljar.cli.template;

import java.util.List;

/** A part of a template. */
sealed interface TemplateNode {
  /** Text that stands for itself. */
  record Text(String text) implements TemplateNode {}

  /** A value to be written. */
  record Action(Pipeline pipeline) implements TemplateNode {}

  /** The first branch whose condition holds, or the rest. */
  record If(List<Branch> branches, List<TemplateNode> otherwise) implements TemplateNode {}

  /** A condition and what it stands before. */
  record Branch(Pipeline condition, List<TemplateNode> body) {}

  /**
   * The body once for each element, or the rest when there is none.
   *
   * @param variables none; that of the element; or those of its index or key, and the element
   */
  record Range(
      List<String> variables,
      Pipeline pipeline,
      List<TemplateNode> body,
      List<TemplateNode> otherwise)
      implements TemplateNode {}

  /** Commands, each of which gets the result of the one before as its last argument. */
  record Pipeline(List<Command> commands) {}

  /** A function with its arguments, or a field with arguments, or a value alone. */
  record Command(List<Operand> words) {}

  /** What a command is made of. */
  sealed interface Operand {}

  /** A function's name. */
  record Name(String name) implements Operand {}

  /**
   * Fields of the dot or of a variable.
   *
   * @param variable empty for the dot; {@code $} for the whole data
   * @param names the fields from there, none for itself
   */
  record Path(String variable, List<String> names) implements Operand {}

  /** A string, a number or a boolean. */
  record Literal(io.belljar.spec.json.JsonValue value) implements Operand {}

  /** In parentheses. */
  record Nested(Pipeline pipeline) implements Operand {}
}
