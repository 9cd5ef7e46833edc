package io.belljar.cli.people;

import io.belljar.InvalidIsolationException;
import io.belljar.Isolation;
import io.belljar.assembly.Preparation;
import io.belljar.cli.Ending;
import io.belljar.linux.text.TerminalText;
import io.belljar.plan.Plan;
import io.belljar.planner.Caller;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.rootfs.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code belljar run}. */
@Command(
    name = "run",
    description = "Run a command in isolation. The options are those of docker run.",
    customSynopsis =
        "belljar run [OPTIONS] (--rootfs DIR|TARBALL | --from-host PROGRAM,...) [--] COMMAND...")
public final class RunCommand extends PeopleVerb implements Explainable {
  private static final String EXPLAINED = "explained";

  @Mixin RunOptions options;

  @Option(names = "--explain", description = "Print what it would do, and do nothing.")
  boolean explain;

  @Option(
      names = "--trace",
      description = "Print afterwards how long each step took, on standard error.")
  boolean trace;

  @Override
  public Ending run(PeopleContext context) {
    Caller caller = context.caller();
    if (explain) {
      caller.print(ExplainCommand.text(preview(context)));
      return Ending.SUCCESS;
    }
    if (trace) {
      return traced(context);
    }
    start(context, context.invocation());
    return Ending.LAUNCHER_GOES_ON;
  }

  private Ending traced(PeopleContext context) {
    if (options.detach) {
      throw new InvalidIsolationException("trace", "needs the container's end; leave --detach out");
    }
    var executor = new TracingExecutor(context.caller());
    ContainerId id = start(context, context.invocation().with(executor));
    Conclusion.carryOut(context, id, executor.exitCode());
    context.caller().printError(TerminalText.printableLines(executor.report()));
    return Ending.exit(executor.exitCode());
  }

  /** Makes the root and starts the container. */
  private ContainerId start(PeopleContext context, Invocation invocation) {
    Caller caller = context.caller();
    Isolation isolation = options.isolation(context, true);
    UnpackingProgress progress = UnpackingProgress.of(caller);
    var preparation =
        new Preparation(
            isolation, invocation, context.home(), caller.request().environment()::get, progress);
    try {
      preparation.run(
          NewContainerDetails.mode(options),
          builder -> {
            progress.end();
            return NewContainerDetails.fill(
                builder, options, caller.request().terminals(), preparation.id());
          });
    } finally {
      progress.end();
    }
    return preparation.id();
  }

  @Override
  public Preview preview(PeopleContext context) {
    Caller caller = context.caller();
    if (options.name == null) {
      options.name = EXPLAINED; // instead of a random id: the same options give the same text
    }
    Isolation isolation = options.isolation(context, false);
    Invocation invocation = context.invocation();
    var preparation =
        new Preparation(
            isolation,
            invocation,
            context.home(),
            caller.request().environment()::get,
            Progress.NONE);
    Plan plan =
        preparation.preview(
            NewContainerDetails.mode(options),
            builder ->
                NewContainerDetails.fill(
                    builder, options, caller.request().terminals(), preparation.id()));
    return new Preview(preparation.previewOfRoot(), plan);
  }
}
