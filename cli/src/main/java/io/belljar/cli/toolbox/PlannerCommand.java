package io.belljar.cli.toolbox;

import io.belljar.cli.Ending;
import io.belljar.cli.ErrorLine;
import io.belljar.cli.people.PeopleContext;
import io.belljar.cli.people.PeopleVerb;
import io.belljar.planner.Caller;
import io.belljar.planner.Residency;
import io.belljar.runtime.lifecycle.LifecycleException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code belljar planner}. The launcher starts no planner for it: whoever gets here, one is there.
 */
@Command(
    name = "planner",
    description = {
      "The process that plans commands, and stays for the next ones: show it, or end it.",
      "status exits with 0 when one runs for this caller, and with 1 when none does. stop waits"
          + " until the commands that it plans are finished; one that hangs is killed.",
      "Neither starts one. The next command does, where it is needed. serve is for a unit of systemd's,"
          + " as those in share/systemd."
    })
public final class PlannerCommand extends PeopleVerb {
  private static final int FAILED = 1;
  private static final long PAUSE_MILLIS = 20;

  @Spec CommandSpec spec;

  @Option(names = "--json", description = "Of status: as JSON.")
  boolean json;

  @Parameters(arity = "1", paramLabel = "status|stop", description = "What to do.")
  String action;

  @Override
  public Ending run(PeopleContext context) {
    Caller caller = context.caller();
    Residency planner =
        caller
            .residency()
            .orElseThrow(() -> new LifecycleException("this planner is not a resident one"));
    switch (action) {
      case "status" -> {
        PlannerStatus status = PlannerStatus.of(planner.report());
        caller.print(json ? status.json() : status.text());
      }
      case "stop" -> stop(caller, planner);
      default ->
          throw new ParameterException(
              spec.commandLine(), "planner: \"" + action + "\" is neither status nor stop");
    }
    return Ending.SUCCESS;
  }

  private static void stop(Caller caller, Residency planner) {
    planner.end();
    int underWay = planner.report().underWay();
    if (underWay > 0) {
      caller.printError(
          ErrorLine.of(
              "belljar",
              underWay == 1
                  ? "waiting for a command that is not finished"
                  : "waiting for %d commands that are not finished".formatted(underWay)));
      caller.flush();
    }
    while (planner.report().underWay() > 0 && !caller.isGone()) {
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LifecycleException("the planner ends");
    }
  }

  @Override
  protected int failureCode() {
    return FAILED;
  }

  @Override
  protected boolean mixesOptions() {
    return true;
  }
}
