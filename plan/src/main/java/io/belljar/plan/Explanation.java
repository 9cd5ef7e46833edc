package io.belljar.plan;

import io.belljar.linux.Errno;
import io.belljar.linux.NamespaceKind;
import io.belljar.linux.text.TerminalText;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A plan for people and programs to read: what is done, in which process, as which calls, why. */
public final class Explanation {
  /** How wide the text is. */
  static final int WIDTH = 110;

  private static final int REASON_WIDTH = 30;
  private static final int NUMBER_WIDTH = 6;
  private static final int CALL_WIDTH = WIDTH - REASON_WIDTH - NUMBER_WIDTH - 2;

  private final Plan plan;
  private final StringBuilder text = new StringBuilder();

  private Explanation(Plan plan) {
    this.plan = plan;
  }

  /** The plan as lines of at most {@value #WIDTH} columns, each process's steps together. */
  public static String text(Plan plan) {
    return new Explanation(plan).text();
  }

  /** The plan as one JSON object, steps in the plan's order. */
  public static String json(Plan plan) {
    return TerminalText.printableJson(ExplanationJson.of(plan));
  }

  private String text() {
    introduction();
    Set<Role> roles = new LinkedHashSet<>();
    plan.steps().forEach(step -> roles.add(step.role()));
    // A plan tells its own story, but what happens afterwards comes last.
    List<Role> order = new ArrayList<>(roles);
    order.sort((a, b) -> Boolean.compare(a.number() > 250, b.number() > 250));
    for (Role role : order) {
      paragraph("%n%s: %s".formatted(name(role), meaning(role)));
      for (int i = 0; i < plan.steps().size(); i++) {
        if (plan.steps().get(i).role() == role) {
          step(i + 1, plan.steps().get(i));
        }
      }
    }
    return TerminalText.printableLines(text.toString());
  }

  private void introduction() {
    int count = plan.steps().size();
    String sealed =
        plan.sealed()
            ? " Before them the launcher executes itself again from a sealed copy in memory, so"
                + " that the container can't reach its file."
            : "";
    String last = plan.last() ? " After them the launcher exits by itself." : "";
    paragraph((count == 1 ? "1 step." : count + " steps.") + sealed + last);
    paragraph(
        "<name> is the descriptor that an earlier call gave, … any value. Numbers are places in the"
            + " plan: each process takes its own steps in this order, and waits for another only"
            + " where it receives from its channel.");
  }

  private void paragraph(String words) {
    for (String line : Lines.wrap(words, WIDTH, 2)) {
      text.append(line).append('\n');
    }
  }

  private void step(int number, PlannedStep planned) {
    List<String> calls = new ArrayList<>();
    for (String call : CallLines.of(planned.step().calls(), CALL_WIDTH)) {
      calls.addAll(Lines.wrap(call, CALL_WIDTH, 4));
    }
    List<String> reason = Lines.wrap(reason(planned), REASON_WIDTH, 0);
    for (int i = 0; i < Math.max(calls.size(), reason.size()); i++) {
      String left = i < calls.size() ? calls.get(i) : "";
      String right = i < reason.size() ? reason.get(i) : "";
      String start = i == 0 ? "%4d  ".formatted(number) : " ".repeat(NUMBER_WIDTH);
      String padding = " ".repeat(Math.max(0, CALL_WIDTH - left.length()) + 2);
      text.append((start + left + padding + right).stripTrailing()).append('\n');
    }
  }

  private static String reason(PlannedStep planned) {
    return planned.tolerated() == 0
        ? planned.why()
        : planned.why() + " (" + Errno.nameOf(planned.tolerated()) + " is fine)";
  }

  static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private String meaning(Role role) {
    String meaning =
        switch (role) {
          case LAUNCHER -> "the process that the caller started, in the caller's namespaces";
          case JOINER -> "a child that enters existing namespaces and forks from inside them";
          case INIT -> "the container's first process";
          case COMMAND -> "the process of the command";
          case UNDO -> "the launcher, only when a step has failed, after all its children are dead";
          case END -> "the launcher, when the process that it waited for has ended";
        };
    String namespaces = namespaces(role);
    return namespaces.isEmpty() ? meaning : meaning + ", " + namespaces;
  }

  /** Which namespaces a process is born into, or makes for itself. */
  private String namespaces(Role role) {
    long flags = 0;
    for (PlannedStep planned : plan.steps()) {
      Step step = planned.step();
      if (step instanceof NamespaceStep.Fork fork && fork.process() == role) {
        flags |= fork.flags();
      } else if (step instanceof NamespaceStep.Unshare unshare && planned.role() == role) {
        flags |= unshare.flags();
      }
    }
    List<String> kinds = new ArrayList<>();
    for (NamespaceKind kind : NamespaceKind.values()) {
      if ((flags & kind.cloneFlag()) != 0) {
        kinds.add(kind.ociName());
      }
    }
    return switch (kinds.size()) {
      case 0 -> "";
      case 1 -> "in a new " + kinds.getFirst() + " namespace";
      default ->
          kinds.stream()
              .limit(kinds.size() - 1L)
              .collect(
                  Collectors.joining(", ", "in new ", " and " + kinds.getLast() + " namespaces"));
    };
  }
}
