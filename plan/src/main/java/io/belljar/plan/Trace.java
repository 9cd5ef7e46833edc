package io.belljar.plan;

import io.belljar.plan.step.ProcessStep;
import io.belljar.plan.step.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A plan that was carried out, for people to read: each process's steps with the time that they
 * took, in microseconds and as a part of the process's work.
 *
 * <p>Waiting for another process, or for the command, is no work: its time is shown in brackets and
 * is in no total.
 */
public final class Trace {
  private static final int CALL_WIDTH = 84;
  private static final String LINE = "%4s  %-" + CALL_WIDTH + "s %11s %6s";

  private final Plan plan;
  private final StepTimes times;
  private final StringBuilder text = new StringBuilder();

  private Trace(Plan plan, StepTimes times) {
    this.plan = plan;
    this.times = times;
  }

  /**
   * The plan as lines of at most 110 columns, each process's steps together; steps that were not
   * carried out are left out.
   */
  public static String text(Plan plan, StepTimes times) {
    return new Trace(plan, times).text();
  }

  private String text() {
    Set<Role> roles = new LinkedHashSet<>();
    plan.steps().forEach(step -> roles.add(step.role()));
    for (Role role : roles) {
      List<Integer> steps = new ArrayList<>();
      for (int i = 0; i < plan.steps().size(); i++) {
        if (plan.steps().get(i).role() == role && (nanoseconds(i) > 0 || isUnseen(i))) {
          steps.add(i);
        }
      }
      if (steps.stream().anyMatch(step -> nanoseconds(step) > 0)) {
        process(role, steps);
      }
    }
    return text.toString();
  }

  private void process(Role role, List<Integer> steps) {
    long total = steps.stream().filter(i -> !isWaiting(i)).mapToLong(this::nanoseconds).sum();
    line("", Explanation.name(role), "us", "share");
    for (int step : steps) {
      boolean counts = !isWaiting(step) && !isUnseen(step);
      line(
          String.valueOf(step + 1),
          call(plan.steps().get(step).step()),
          isUnseen(step)
              ? "-"
              : (isWaiting(step) ? "(%s)" : "%s").formatted(microseconds(nanoseconds(step))),
          counts ? share(nanoseconds(step), total) : "");
    }
    line("", "total of " + Explanation.name(role), microseconds(total), "");
    text.append('\n');
  }

  private void line(String number, String call, String time, String share) {
    text.append(LINE.formatted(number, call, time, share).stripTrailing()).append('\n');
  }

  private long nanoseconds(int step) {
    return step < times.nanoseconds().size() ? times.nanoseconds().get(step) : 0;
  }

  private boolean isWaiting(int step) {
    return switch (plan.steps().get(step).step()) {
      case ProcessStep.Wait _, ProcessStep.Await _, ProcessStep.AwaitExit _ -> true;
      case ProcessStep.Supervise _, ProcessStep.Adopt _ -> true;
      default -> false;
    };
  }

  /** What nobody sees return, though the plan succeeded: the step that became the command. */
  private boolean isUnseen(int step) {
    return nanoseconds(step) == 0
        && plan.steps().get(step).role().number() < Role.UNDO.number()
        && plan.steps().get(step).tolerated() == 0;
  }

  private static String call(Step step) {
    List<String> calls = CallLines.of(step.calls(), Integer.MAX_VALUE);
    String more = calls.size() > 1 ? " +" + (calls.size() - 1) : "";
    String first = calls.isEmpty() ? step.operation().toString() : calls.getFirst();
    first = first.replaceAll("\\s*/\\*.*\\*/\\s*$", "").replaceAll("\\s+", " ");
    first = first.replaceAll("([0-9a-f]{12})[0-9a-f]{52}", "$1…"); // a container without a name
    int room = CALL_WIDTH - more.length();
    return (first.length() > room ? first.substring(0, room - 1) + "…" : first) + more;
  }

  static String microseconds(long nanoseconds) {
    return String.format(Locale.ROOT, "%,d", Math.round(nanoseconds / 1000.0));
  }

  private static String share(long nanoseconds, long total) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * nanoseconds / total);
  }
}
