package io.belljar.plan;

import io.belljar.linux.Errno;
import io.belljar.plan.step.Step;
import java.lang.reflect.RecordComponent;
import java.util.List;

/** The explanation of a plan as JSON. */
final class ExplanationJson {
  private final Json json = new Json();

  private ExplanationJson() {}

  static String of(Plan plan) {
    ExplanationJson explanation = new ExplanationJson();
    explanation.plan(plan);
    return explanation.json.toString();
  }

  private void plan(Plan plan) {
    json.begin('{').name("sealed").value(plan.sealed()).name("last").value(plan.last());
    json.name("steps").begin('[');
    for (int i = 0; i < plan.steps().size(); i++) {
      step(i + 1, plan.steps().get(i));
    }
    json.end(']').end('}');
  }

  private void step(int number, PlannedStep planned) {
    json.begin('{').name("number").value(number);
    json.name("process").value(Explanation.name(planned.role()));
    json.name("operation").value(planned.step().operation().name());
    arguments(planned.step());
    if (planned.tolerated() != 0) {
      json.name("tolerated").value(Errno.nameOf(planned.tolerated()));
    }
    json.name("why").value(planned.why()).name("calls").begin('[');
    planned.step().calls().forEach(this::call);
    json.end(']').end('}');
  }

  private void arguments(Step step) {
    // The components of a step's record are its arguments, in the same order.
    RecordComponent[] components = step.getClass().getRecordComponents();
    List<Object> arguments = step.arguments();
    json.name("arguments").begin('{');
    for (int i = 0; i < components.length; i++) {
      json.name(components[i].getName());
      argument(arguments.get(i));
    }
    json.end('}');
  }

  private void argument(Object argument) {
    switch (argument) {
      case Number number -> json.value(number.longValue());
      case Slot slot -> json.value(slot.name());
      case Role role -> json.value(Explanation.name(role));
      case Bytes bytes -> bytes(bytes);
      case List<?> texts -> {
        json.begin('[');
        texts.forEach(text -> json.value(text.toString()));
        json.end(']');
      }
      default -> json.value(argument.toString());
    }
  }

  /** Text as text; a filter's program is of use to nobody, so only its size is told. */
  private void bytes(Bytes bytes) {
    String text = WireText.decode(bytes.toArray());
    if (text.chars().allMatch(unit -> (unit >= ' ' && unit < 0xD800) || unit == '\n')) {
      json.value(text);
    } else {
      json.begin('{').name("length").value(bytes.length()).end('}');
    }
  }

  private void call(SystemCall call) {
    json.begin('{').name("name").value(call.name()).name("arguments").begin('[');
    call.arguments().forEach(json::value);
    json.end(']');
    if (!call.result().isEmpty()) {
      json.name("result").value(call.result());
    }
    json.name("stage").value(call.stage());
    if (call.optional()) {
      json.name("occurs").value(call.occurrence() == SystemCall.Occurrence.MAYBE ? "maybe" : "any");
      json.name("condition").value(call.condition());
    }
    json.end('}');
  }
}
