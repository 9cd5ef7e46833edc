package io.belljar.cli.toolbox;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.cli.people.PeopleVerb;
import io.belljar.planner.Caller;
import io.belljar.planner.Request;
import io.belljar.toolbox.check.Check;
import io.belljar.toolbox.check.CheckJson;
import io.belljar.toolbox.check.CheckText;
import io.belljar.toolbox.check.MachineReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code belljar check}. */
@Command(
    name = "check",
    description = {
      "What do this kernel and this machine offer, and can belljar run work? Found out by trying,"
          + " in children that end at once, and from the kernel's configuration.",
      "Exit status: 0 when run can work for this user, 1 when it cannot."
    })
public final class CheckCommand extends PeopleVerb {
  private static final int CANNOT_RUN = 1;
  private static final int FAILED = 2;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Ending run(PeopleContext context) {
    Caller caller = context.caller();
    Request request = caller.request();
    Check check =
        Check.of(MachineReader.read(caller::run, request.pid(), request.uid(), request.gid()));
    caller.print(json ? CheckJson.of(check) : CheckText.of(check, Pages.of(request)));
    return check.canRun() ? Ending.SUCCESS : Ending.exit(CANNOT_RUN);
  }

  @Override
  protected int failureCode() {
    return FAILED;
  }
}
