package io.belljar.plan;

import io.belljar.linux.Errno;
import io.belljar.plan.StepFailure.Cause;
import io.belljar.plan.step.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is probably behind a failure. The kernel's error numbers stand for many things; with the
 * step and the call there are few left. Sources: the manual page of each call, cgroups(7),
 * user_namespaces(7), and the kernel's code where they are silent.
 */
final class Causes {
  static final String AS_ROOT = "run it as root, or in a new user namespace";
  static final String OUTSIDE =
      "a link of the image leads out of the root or through a process's /proc";

  /** The first rule that fits tells. */
  private static final List<Rule> RULES =
      Stream.of(MountCauses.RULES, FileCauses.RULES, ProcessCauses.RULES, general())
          .flatMap(List::stream)
          .toList();

  private Causes() {}

  /** A row of the table: for steps of a type that fail with one of these errors. */
  record Rule(
      Class<? extends Step> type, BiPredicate<Step, String> when, Set<Errno> errors, Cause cause) {}

  static Optional<Cause> of(Step step, String call, int number) {
    Optional<Errno> errno = Errno.of(number);
    return RULES.stream()
        .filter(rule ->
            errno.map(rule.errors()::contains).orElse(false)
                && rule.type().isInstance(step)
                && rule.when().test(step, call))
        .map(Rule::cause)
        .findFirst();
  }

  static Rule rule(Class<? extends Step> type, String likely, String cure, Errno... errors) {
    return new Rule(type, (step, call) -> true, Set.of(errors), new Cause(likely, cure));
  }

  /** A rule for one of a step's calls. */
  static Rule ruleOf(
      String name, Class<? extends Step> type, String likely, String cure, Errno... errors) {
    return new Rule(
        type, (step, call) -> call.startsWith(name), Set.of(errors), new Cause(likely, cure));
  }

  /** A rule for the steps of a type one of whose texts, a path or a kind, is such. */
  static Rule ruleWhere(
      Class<? extends Step> type,
      Predicate<String> such,
      String likely,
      String cure,
      Errno... errors) {
    BiPredicate<Step, String> when =
        (step, call) ->
            step.arguments().stream()
                .anyMatch(argument -> argument instanceof String text && such.test(text));
    return new Rule(type, when, Set.of(errors), new Cause(likely, cure));
  }

  private static List<Rule> general() {
    return List.of(
        rule(
            Step.class,
            "a capability is missing, or an outer sandbox forbids the call",
            AS_ROOT,
            Errno.EPERM),
        rule(
            Step.class,
            "the kernel is too old, or an outer seccomp filter hides the call",
            "",
            Errno.ENOSYS),
        rule(
            Step.class,
            "too many files are open",
            "a higher ulimit -n",
            Errno.EMFILE,
            Errno.ENFILE),
        rule(
            Step.class,
            "the disk, its inodes or the quota is used up",
            "",
            Errno.ENOSPC,
            Errno.EDQUOT),
        rule(
            Step.class,
            "the memory of the machine or of the control group is used up",
            "",
            Errno.ENOMEM),
        rule(Step.class, "the file system is mounted read-only", "", Errno.EROFS),
        rule(Step.class, "the path or name is too long", "", Errno.ENAMETOOLONG),
        rule(Step.class, OUTSIDE, "", Errno.EXDEV, Errno.ELOOP));
  }
}
