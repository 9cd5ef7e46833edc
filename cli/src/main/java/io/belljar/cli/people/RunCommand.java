package io.belljar.cli.people;

import io.belljar.Isolation;
import io.belljar.assembly.Preparation;
import io.belljar.cli.Ending;
import io.belljar.planner.Caller;
import io.belljar.runtime.lifecycle.Invocation;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code belljar run}. */
@Command(
    name = "run",
    description = "Run a command in isolation. The options are those of docker run.",
    customSynopsis =
        "belljar run [OPTIONS] (--rootfs DIR|TARBALL | --from-host PROGRAM,...) [--] COMMAND...")
public final class RunCommand extends PeopleVerb {
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
}
