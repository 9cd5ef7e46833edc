package io.belljar.runtime.container;

import io.belljar.linux.Capability;
import io.belljar.linux.CloneFlags;
import io.belljar.linux.Errno;
import io.belljar.linux.OpenFlags;
import io.belljar.linux.ResolveFlags;
import io.belljar.linux.mount.MountAttributes;
import io.belljar.linux.mount.MountFlags;
import io.belljar.plan.Bytes;
import io.belljar.plan.Plan;
import io.belljar.plan.PlannedStep;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.Step;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A plan as text for reviewers: a line per step, by process, flags by name, zeros left out. */
final class PlanText {
  private static final int REASONS = 100;

  private PlanText() {}

  static String of(Plan plan) {
    StringBuilder text = new StringBuilder();
    for (Role role : Role.values()) {
      List<PlannedStep> steps = plan.steps().stream().filter(step -> step.role() == role).toList();
      if (!steps.isEmpty()) {
        text.append(role.name().toLowerCase(Locale.ROOT)).append('\n');
        steps.forEach(step -> text.append(line(step)).append('\n'));
      }
    }
    return text.toString();
  }

  private static String line(PlannedStep planned) {
    String step = "  " + step(planned.step());
    String reason =
        planned.why()
            + (planned.tolerated() == 0
                ? ""
                : " (" + Errno.of(planned.tolerated()).orElseThrow() + " is fine)");
    String gap = " ".repeat(Math.max(2, REASONS - step.length()));
    return step + gap + reason;
  }

  static String step(Step step) {
    List<String> words = new ArrayList<>();
    words.add(step.getClass().getSimpleName());
    for (RecordComponent component : step.getClass().getRecordComponents()) {
      try {
        value(step, component.getName(), component.getAccessor().invoke(step))
            .ifPresent(words::add);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return String.join(" ", words);
  }

  private static Optional<String> value(Step step, String name, Object value) {
    return switch (value) {
      case Slot slot when slot.equals(Slot.NONE) -> Optional.empty();
      case Slot slot when name.equals("slot") || name.equals("target") ->
          Optional.of("<" + slot.name() + ">");
      case Slot slot -> Optional.of(name + "=<" + slot.name() + ">");
      case Role role -> Optional.of(role.name().toLowerCase(Locale.ROOT));
      case Bytes bytes when bytes.equals(Bytes.EMPTY) -> Optional.empty();
      case Bytes bytes -> Optional.of(bytes(step, name, bytes));
      case List<?> list when list.isEmpty() -> Optional.empty();
      case List<?> list -> Optional.of(name + "=" + list);
      case String text when text.isEmpty() -> Optional.empty();
      case String text when name.equals("path") || name.equals("name") -> Optional.of(text);
      case String text -> Optional.of(name + "=" + text);
      case Number number when number.longValue() == 0 -> Optional.empty();
      case Number number -> Optional.of(name + "=" + number(step, name, number.longValue()));
      default -> Optional.of(name + "=" + value);
    };
  }

  private static String bytes(Step step, String name, Bytes bytes) {
    return switch (step) {
      case IdentityStep.FilterCalls _ -> "<filter>";
      case IdentityStep.Become _ -> name + "=" + bytes;
      default -> name + "=\"" + bytes.text().replace("\n", "\\n") + "\"";
    };
  }

  private static String number(Step step, String name, long value) {
    String kind = step.getClass().getSimpleName();
    return switch (name) {
      case "flags" ->
          switch (kind) {
            case "Open", "OpenIn" -> OpenFlags.TABLE.format(value);
            case "Fork", "Unshare" -> CloneFlags.TABLE.format(value);
            default -> Long.toString(value);
          };
      case "kinds" -> CloneFlags.TABLE.format(value);
      case "attributes", "set", "clear", "recursiveSet", "recursiveClear" ->
          MountAttributes.TABLE.format(value);
      case "propagation" -> MountFlags.TABLE.format(value);
      case "resolve" -> ResolveFlags.TABLE.format(value);
      case "effective", "permitted", "inheritable" -> Capability.format(value);
      case "mask" -> kind.equals("SetUmask") ? octal(value) : Capability.format(value);
      case "mode" -> octal(value);
      default -> Long.toString(value);
    };
  }

  private static String octal(long value) {
    return "0" + Long.toOctalString(value);
  }
}
