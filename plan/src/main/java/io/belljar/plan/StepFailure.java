package io.belljar.plan;

import io.belljar.linux.Errno;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.MountStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.plan.step.Step;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A step that failed, for people.
 *
 * @param tried what was tried, on what, in which process: {@code mount proc (proc) on /proc in the
 *     container}
 * @param call the system call that failed
 * @param errno why, as the kernel says
 * @param detail what else the kernel or a hook said
 * @param cause what probably is behind it, and what helps
 * @param message all of it in one line
 */
public record StepFailure(
    String tried,
    String call,
    int errno,
    Optional<String> detail,
    Optional<Cause> cause,
    String message) {

  /**
   * What is probably behind a failure.
   *
   * @param likely the cause
   * @param cure what helps; empty where nothing is known to
   */
  public record Cause(String likely, String cure) {
    @Override
    public String toString() {
      return cure.isEmpty() ? "; likely " + likely : "; likely " + likely + "; try: " + cure;
    }
  }

  /** One line on the step that failed. */
  public static String describe(Plan plan, Outcome outcome) {
    return of(plan, outcome).message();
  }

  /**
   * The failure that an outcome reports.
   *
   * @throws IllegalArgumentException when the outcome is no failure of a step of this plan
   */
  public static StepFailure of(Plan plan, Outcome outcome) {
    int index = outcome.step();
    if (index < 0 || index >= plan.steps().size()) {
      throw new IllegalArgumentException(
          "step %d of a plan of %d did not fail".formatted(index, plan.steps().size()));
    }
    Step step = plan.steps().get(index).step();
    String tried = StepWording.of(plan, index);
    String call = call(step, outcome.stage());
    Optional<String> detail = detail(step, outcome);
    Optional<Cause> cause = Causes.of(step, call, outcome.errno());
    String message =
        ownWords(plan, index, tried, outcome, detail)
            .orElseGet(() ->
                "%s: %s: %s%s%s"
                    .formatted(
                        tried,
                        call,
                        Errno.describe(outcome.errno()),
                        detail.map(words -> "; the kernel says: " + words).orElse(""),
                        cause.map(Cause::toString).orElse("")));
    return new StepFailure(tried, call, outcome.errno(), detail, cause, message);
  }

  /** The call of a stage; with its option where it is one of several of fsconfig. */
  private static String call(Step step, int stage) {
    List<SystemCall> calls = step.calls();
    int last = calls.stream().mapToInt(SystemCall::stage).max().orElse(0);
    List<SystemCall> ofStage =
        calls.stream().filter(call -> call.stage() == Math.min(stage, last)).toList();
    Optional<SystemCall> certain =
        ofStage.stream().filter(call -> !call.optional()).reduce((first, second) -> second);
    if (certain.isEmpty()) {
      return String.join(" or ", ofStage.stream().map(SystemCall::name).distinct().toList());
    }
    List<String> arguments = certain.get().arguments();
    boolean option = certain.get().name().equals("fsconfig") && !arguments.get(2).equals("NULL");
    return option
        ? "fsconfig "
            + arguments.get(2)
            + (arguments.get(3).equals("NULL") ? "" : " " + arguments.get(3))
        : certain.get().name();
  }

  /** The kernel's log of a file system begins with a letter for its level (fsopen(2)). */
  private static Optional<String> detail(Step step, Outcome outcome) {
    String words = outcome.data().text().replace('\0', '\n').strip().lines().findFirst().orElse("");
    boolean level =
        words.length() > 2 && "ewi".indexOf(words.charAt(0)) >= 0 && words.charAt(1) == ' ';
    boolean mount = step instanceof MountStep;
    return Optional.of(mount && level ? words.substring(2) : words).filter(text -> !text.isEmpty());
  }

  /** Failures that are not of a call: of the command itself, of a hook, of another process. */
  private static Optional<String> ownWords(
      Plan plan, int index, String tried, Outcome outcome, Optional<String> detail) {
    Optional<Errno> errno = Errno.of(outcome.errno());
    return switch (plan.steps().get(index).step()) {
      case IdentityStep.FindProgram s -> notFound(plan, index, outcome.errno());
      case IdentityStep.Execute s when outcome.stage() > 0 -> notExecuted(s, outcome.errno());
      case ProcessStep.Run s when errno.equals(Optional.of(Errno.ECHILD)) ->
          Optional.of(tried + ": it failed" + detail.map(words -> ": " + words).orElse(""));
      case ProcessStep.Run s when errno.equals(Optional.of(Errno.ETIMEDOUT)) ->
          Optional.of("%s: it did not end within %d ms".formatted(tried, s.timeoutMillis()));
      case ProcessStep.Await s when errno.equals(Optional.of(Errno.ECHILD)) ->
          Optional.of(
              tried
                  + ": it ended before; likely it was killed, by a signal or for lack of memory; "
                  + "try: a higher memory limit");
      default -> Optional.empty();
    };
  }

  /** In the words that engines look for to tell a missing command (127) from others (126). */
  private static Optional<String> notFound(Plan plan, int index, int errno) {
    String name =
        plan.steps(plan.steps().get(index).role()).stream()
            .filter(IdentityStep.Execute.class::isInstance)
            .map(step -> ((IdentityStep.Execute) step).args())
            .filter(args -> !args.isEmpty())
            .map(List::getFirst)
            .findFirst()
            .orElse("");
    Optional<String> reason = reason(errno);
    if (errno == Errno.ENOENT.number()) {
      return Optional.of(
          name.contains("/")
              ? "exec: \"%s\": stat %s: no such file or directory".formatted(name, name)
              : "exec: \"%s\": executable file not found in $PATH".formatted(name));
    }
    return reason.map(text -> "exec: \"%s\": %s".formatted(name, text));
  }

  private static Optional<String> notExecuted(IdentityStep.Execute step, int errno) {
    String name = step.args().isEmpty() ? "" : step.args().getFirst();
    String cause =
        Errno.of(errno)
            .map(known ->
                switch (known) {
                  case ENOENT ->
                      "; likely the interpreter or the dynamic loader that it names is missing"
                          + " in the container";
                  case ENOEXEC ->
                      "; likely it is a program for another machine, or a script without #!";
                  case EACCES -> "; likely its file system is mounted noexec";
                  case E2BIG -> "; likely the arguments and the environment are too long";
                  default -> "";
                })
            .orElse("");
    return reason(errno).map(text -> "exec %s: %s%s".formatted(name, text, cause));
  }

  private static Optional<String> reason(int errno) {
    return Errno.of(errno).map(known -> known.text().toLowerCase(Locale.ROOT));
  }
}
