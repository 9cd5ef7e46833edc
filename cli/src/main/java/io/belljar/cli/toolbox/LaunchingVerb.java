package io.belljar.cli.toolbox;

import io.belljar.cli.Ending;
import io.belljar.cli.ErrorLine;
import io.belljar.cli.getopt.Syntax;
import io.belljar.cli.getopt.WrongUsage;
import io.belljar.cli.people.Explainable;
import io.belljar.cli.people.PeopleContext;
import io.belljar.cli.people.PeopleVerb;
import io.belljar.plan.Outcome;
import io.belljar.planner.Caller;
import io.belljar.planner.Request;
import io.belljar.toolbox.command.Complaint;
import io.belljar.toolbox.command.Refusal;
import io.belljar.toolbox.command.ToolCaller;
import io.belljar.toolbox.command.ToolPlan;
import picocli.CommandLine.Option;

/**
 * A tool whose launcher becomes a command, in the place of a program of util-linux or coreutils: it
 * reads its command line, fails and complains as that one.
 */
abstract class LaunchingVerb extends PeopleVerb implements Explainable {
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  boolean version;

  /** The plan of the options that were read. */
  abstract ToolPlan plan(PeopleContext context);

  @Override
  public final Ending run(PeopleContext context) {
    Caller caller = context.caller();
    if (version) {
      String number = getClass().getPackage().getImplementationVersion();
      caller.print(
          "%s from belljar %s\n".formatted(speaker(), number == null ? "development" : number));
      return Ending.SUCCESS;
    }
    ToolPlan plan = checked(context);
    Outcome outcome = caller.runLast(plan.plan());
    if (outcome.succeeded()) {
      return Ending.LAUNCHER_GOES_ON;
    }
    Complaint complaint = plan.complaint(outcome);
    if (complaint.of() != Complaint.Kind.HELPER) {
      caller.printError(ErrorLine.of(speaker(), complaint.line(outcome)));
    }
    return Ending.exit(complaint.code(outcome, failureCode()));
  }

  @Override
  public final Preview preview(PeopleContext context) {
    return new Preview("", checked(context).plan());
  }

  private ToolPlan checked(PeopleContext context) {
    try {
      return plan(context);
    } catch (Refusal refusal) {
      if (refusal.isUsage()) {
        throw new WrongUsage(refusal.getMessage());
      }
      throw refusal;
    }
  }

  /** Who typed it. */
  static ToolCaller toolCaller(PeopleContext context) {
    Request request = context.caller().request();
    return new ToolCaller(
        request.pid(),
        request.uid(),
        request.gid(),
        request.umask(),
        request.environment().entries());
  }

  @Override
  protected Syntax syntax() {
    return Syntax.GETOPT;
  }
}
