package io.belljar.cli.people;

import io.belljar.Isolation;
import io.belljar.assembly.Preparation;
import io.belljar.cli.Ending;
import io.belljar.plan.Explanation;
import io.belljar.plan.Plan;
import io.belljar.planner.Caller;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.NewContainer;
import io.belljar.runtime.lifecycle.Run;
import io.belljar.runtime.rootfs.Progress;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code belljar explain}. */
@Command(
    name = "explain",
    description = "Print what a command would do, system call by system call, and do nothing.",
    synopsisSubcommandLabel = "run ...",
    subcommands = ExplainCommand.OfRun.class)
public final class ExplainCommand extends PeopleVerb {
  private static final String NAME = "explained";

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Ending run(PeopleContext context) {
    context.caller().printError("belljar: explain: say what: belljar explain run ...\n");
    return Ending.exit(PeopleProgram.FAILED);
  }

  @Command(
      name = "run",
      description = "What run would do with these options.",
      customSynopsis = "belljar explain [--json] run [OPTIONS OF run] [--] COMMAND...")
  static final class OfRun extends PeopleVerb {
    @ParentCommand ExplainCommand parent;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Mixin RunOptions options;

    @Override
    public Ending run(PeopleContext context) {
      Caller caller = context.caller();
      if (options.name == null) {
        options.name = NAME; // instead of a random id: the same options give the same text
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
      Path state = invocation.store().directory(preparation.id());
      NewContainer container =
          preparation.preview(
              NewContainerDetails.mode(options),
              builder ->
                  NewContainerDetails.fill(
                      builder, options, caller.request().terminals(), preparation.id(), state));
      Plan plan = Run.plan(invocation, container);
      if (json || parent.json) {
        caller.print(Explanation.json(plan));
      } else {
        caller.print(preparation.previewOfRoot() + "\n\n" + Explanation.text(plan));
      }
      return Ending.SUCCESS;
    }
  }
}
