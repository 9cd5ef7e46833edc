package io.belljar.cli.toolbox;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.cli.people.PeopleVerb;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.planner.Caller;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.ContainerNames;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.LifecycleException;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.toolbox.report.Report;
import io.belljar.toolbox.report.ReportJson;
import io.belljar.toolbox.report.ReportText;
import io.belljar.toolbox.report.SubjectReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belljar report}. */
@Command(
    name = "report",
    description = {
      "How isolated is a process? What it shares with the host, what it may do there, and which"
          + " option of run, or property of config.json, would change that.",
      "Grades: A strong, B good, C fair, D weak, F none."
    })
public final class ReportCommand extends PeopleVerb {
  private static final int FAILED = 1;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Parameters(
      arity = "1",
      paramLabel = "PID|CONTAINER|self",
      description = "A process, the first process of a container, or the caller.")
  String subject;

  @Override
  public Ending run(PeopleContext context) {
    Caller caller = context.caller();
    int reader = caller.request().pid();
    int pid = subject.equals("self") ? reader : pid(context);
    Report report =
        SubjectReader.read(reader, pid)
            .map(Report::of)
            .orElseThrow(() -> new LifecycleException("No such process: " + pid));
    caller.print(json ? ReportJson.of(report) : ReportText.of(report, Pages.of(caller.request())));
    return Ending.SUCCESS;
  }

  private int pid(PeopleContext context) {
    if (subject.matches("[1-9][0-9]{0,8}")) {
      return Integer.parseInt(subject);
    }
    Invocation invocation = context.invocation();
    ContainerId id = ContainerNames.resolve(invocation, subject);
    return invocation
        .observer()
        .look(id)
        .flatMap(LiveContainer::process)
        .map(ProcessIdentity::pid)
        .orElseThrow(() -> new LifecycleException("container " + subject + " is not running"));
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
