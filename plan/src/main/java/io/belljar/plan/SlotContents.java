package io.belljar.plan;

import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.plan.step.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a slot holds when a step is carried out, as far as the plan tells. */
final class SlotContents {
  private SlotContents() {}

  /** The path, process or terminal in the slot; its name where no step of the plan filled it. */
  static String describe(Plan plan, int index, Slot slot) {
    Role role = plan.steps().get(index).role();
    List<PlannedStep> before = plan.steps().subList(0, index);
    // A process has what it opened itself, else what its parent, wherever that stands, left it.
    return last(before, planned -> planned.role() == role, slot)
        .or(() -> last(plan.steps(), planned -> planned.role() != role, slot))
        .orElse(slot.name());
  }

  private static Optional<String> last(
      List<PlannedStep> steps, Predicate<PlannedStep> wanted, Slot slot) {
    return steps.reversed().stream()
        .filter(wanted)
        .map(planned -> filled(planned.step(), slot))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> filled(Step step, Slot slot) {
    return switch (step) {
      case FileStep.Open s when s.slot().equals(slot) -> Optional.of(s.path());
      case FileStep.OpenIn s when s.slot().equals(slot) -> Optional.of(inside(s.path()));
      case FileStep.CreateIn s when s.slot().equals(slot) -> Optional.of(inside(s.path()));
      case FileStep.Connect s when s.slot().equals(slot) -> Optional.of(s.path());
      case ProcessStep.OpenProcess s when s.slot().equals(slot) ->
          Optional.of("process " + s.pid());
      case IdentityStep.OpenTerminal s when s.master().equals(slot) || s.slave().equals(slot) ->
          Optional.of("the terminal");
      default -> Optional.empty();
    };
  }

  private static String inside(String path) {
    return (path.startsWith("/") ? path : "/" + path) + " in the container";
  }
}
