package io.belljar.cli.container;

import io.belljar.cli.Ending;
import io.belljar.cli.ErrorLine;
import io.belljar.cli.people.PeopleContext;
import io.belljar.cli.people.PeopleProgram;
import io.belljar.cli.people.PeopleVerb;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.ContainerNames;
import io.belljar.runtime.lifecycle.Invocation;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** A command about containers that exist: it fails with 1, as Docker's do. */
public abstract class ContainerVerb extends PeopleVerb {
  private static final int FAILED = 1;

  @Override
  protected int failureCode() {
    return FAILED;
  }

  @Override
  protected int usageCode() {
    return PeopleProgram.FAILED;
  }

  @Override
  protected boolean mixesOptions() {
    return true;
  }

  /**
   * Does something with each container, and prints what it was called; goes on after a failure.
   *
   * @param names as they were typed
   */
  static Ending each(
      PeopleContext context, List<String> names, BiConsumer<Invocation, ContainerId> what) {
    return eachPrinting(
        context,
        names,
        (invocation, name) -> {
          what.accept(invocation, ContainerNames.resolve(invocation, name));
          return name;
        });
  }

  /** Prints a line for each name; goes on after a failure. */
  static Ending eachPrinting(
      PeopleContext context, List<String> names, BiFunction<Invocation, String, String> what) {
    Invocation invocation = context.invocation();
    Ending ending = Ending.SUCCESS;
    for (String name : names) {
      try {
        context.caller().print(what.apply(invocation, name) + "\n");
      } catch (RuntimeException failure) {
        printFailure(context, name, failure);
        ending = Ending.exit(FAILED);
      }
      context.caller().flush();
    }
    return ending;
  }

  /**
   * Prints a failure that the command goes on after.
   *
   * @throws RuntimeException the failure, if it is none that was foreseen
   */
  static void printFailure(PeopleContext context, String name, RuntimeException failure) {
    String message = PeopleProgram.message(failure).orElseThrow(() -> failure);
    String line = message.lines().findFirst().orElse("");
    context
        .caller()
        .printError(ErrorLine.of("belljar", line.contains(name) ? line : name + ": " + line));
  }
}
