package io.belljar.cli.people;

import io.belljar.Isolation;
import io.belljar.assembly.Preparation;
import io.belljar.cli.Ending;
import io.belljar.planner.Caller;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.NewContainer;
import io.belljar.runtime.lifecycle.Run;
import io.belljar.runtime.rootfs.Progress;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code belljar run}. */
@Command(
    name = "run",
    description = "Run a command in isolation. The options are those of docker run.",
    customSynopsis =
        "belljar run [OPTIONS] (--rootfs DIR|TARBALL | --from-host PROGRAM,...) [--] COMMAND...")
public final class RunCommand extends PeopleVerb implements Explainable {
  private static final String EXPLAINED = "explained";

  @Mixin RunOptions options;

  @Override
  public Ending run(PeopleContext context) {
    Caller caller = context.caller();
    Isolation isolation = options.isolation(context, true);
    var executor = new AnnouncingExecutor(caller);
    Invocation invocation = executor.in(context.invocation());
    UnpackingProgress progress = UnpackingProgress.of(caller);
    var preparation =
        new Preparation(
            isolation, invocation, context.home(), caller.request().environment()::get, progress);
    if (options.detach) {
      executor.announce(preparation.id() + "\n");
    }
    Path state = invocation.store().directory(preparation.id());
    try {
      preparation.run(
          NewContainerDetails.mode(options),
          builder -> {
            progress.end();
            return NewContainerDetails.fill(
                builder, options, caller.request().terminals(), preparation.id(), state);
          });
    } finally {
      progress.end();
    }
    return Ending.LAUNCHER_GOES_ON;
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
    Path state = invocation.store().directory(preparation.id());
    NewContainer container =
        preparation.preview(
            NewContainerDetails.mode(options),
            builder ->
                NewContainerDetails.fill(
                    builder, options, caller.request().terminals(), preparation.id(), state));
    return new Preview(preparation.previewOfRoot(), Run.plan(invocation, container));
  }
}
