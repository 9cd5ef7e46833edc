package io.belljar.runtime.container;

import static io.belljar.linux.OpenFlags.O_RDONLY;

import io.belljar.plan.Plan;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.runtime.Descriptors;

/**
 * The standard files of a container that has not its caller's.
 *
 * <pre>
 * launcher   pipes ── fork ── closes the container's ends ── Monitor ── Wait
 * container                   makes them 0 to 2
 * </pre>
 *
 * <p>With a terminal there are no pipes: the monitor gets the terminal.
 */
final class StandardFiles {
  private static final String LOGGED = "option --detach: the container's output goes to its log";
  private static final String INPUT = "option --interactive: for who attaches";
  private static final String NOTHING = "default: nothing to read, as no input was asked for";

  private StandardFiles() {}

  /** By the launcher, before it forks. */
  static void make(Plan.Builder plan, Output.Logged output) {
    plan.add(new FileStep.MakePipe(output(plan), outputEnd(plan)), LOGGED);
    plan.add(new FileStep.MakePipe(error(plan), errorEnd(plan)), LOGGED);
    if (output.input()) {
      plan.add(new FileStep.MakePipe(inputEnd(plan), input(plan)), INPUT);
    }
  }

  /** By the container's first process. */
  static void use(Plan.Builder plan, Output output) {
    switch (output) {
      case Output.WithoutInput _ -> useNothing(plan);
      case Output.Logged logged -> {
        if (logged.input()) {
          plan.add(new FileStep.Stdio(inputEnd(plan), 0), INPUT);
        } else {
          useNothing(plan);
        }
        plan.add(new FileStep.Stdio(outputEnd(plan), 1), LOGGED);
        plan.add(new FileStep.Stdio(errorEnd(plan), 2), LOGGED);
      }
    }
  }

  private static void useNothing(Plan.Builder plan) {
    plan.add(new FileStep.Open(Descriptors.source(plan), "/dev/null", O_RDONLY, 0), NOTHING);
    plan.add(new FileStep.Stdio(Descriptors.source(plan), 0), NOTHING);
  }

  /** By the launcher, once it has forked; it keeps no end of the container's. */
  static void watch(
      Plan.Builder plan, Output.Logged output, ContainerRequest request, boolean terminal) {
    String directory = request.stateDirectory().toString();
    if (terminal) {
      long typed = output.input() ? ProcessStep.Monitor.TYPED_INPUT : 0;
      plan.add(
          new ProcessStep.Monitor(directory, output.most(), Slot.NONE, Slot.NONE, Slot.NONE, typed),
          LOGGED);
      return;
    }
    plan.add(new FileStep.Close(outputEnd(plan)), LOGGED);
    plan.add(new FileStep.Close(errorEnd(plan)), LOGGED);
    if (output.input()) {
      plan.add(new FileStep.Close(inputEnd(plan)), INPUT);
    }
    Slot input = output.input() ? input(plan) : Slot.NONE;
    plan.add(
        new ProcessStep.Monitor(directory, output.most(), output(plan), error(plan), input, 0),
        LOGGED);
  }

  private static Slot output(Plan.Builder plan) {
    return plan.slot("the container's output");
  }

  private static Slot outputEnd(Plan.Builder plan) {
    return plan.slot("standard output");
  }

  private static Slot error(Plan.Builder plan) {
    return plan.slot("the container's errors");
  }

  private static Slot errorEnd(Plan.Builder plan) {
    return plan.slot("standard error");
  }

  private static Slot input(Plan.Builder plan) {
    return plan.slot("the container's input");
  }

  private static Slot inputEnd(Plan.Builder plan) {
    return plan.slot("standard input");
  }
}
