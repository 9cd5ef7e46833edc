package io.belljar.cli.container;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.planner.Caller;
import io.belljar.runtime.copy.CopyException;
import io.belljar.runtime.copy.Export;
import io.belljar.runtime.copy.NewFile;
import io.belljar.runtime.lifecycle.FindContainer;
import io.belljar.runtime.state.LiveContainer;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belljar export}. */
@Command(
    name = "export",
    description =
        "Write a container's file system as a tar archive, without what is mounted in it.")
public final class ExportCommand extends ContainerVerb {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to a file instead of standard output.")
  Optional<String> output;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "Its name, id or beginning.")
  String container;

  @Override
  public Ending run(PeopleContext context) {
    Caller caller = context.caller();
    LiveContainer found = FindContainer.run(context.invocation(), container);
    Runnable presence = CallerPresence.of(caller);
    if (output.isPresent()) {
      String path = new CopyPath("", output.get()).nameFrom(context.directory());
      int mode = 0666 & ~caller.request().umask();
      try (NewFile file = NewFile.at(path, mode)) {
        Export.run(found, file.stream(), presence);
        file.place();
      }
      return Ending.SUCCESS;
    }
    if (caller.request().terminals().output()) {
      throw new CopyException(
          "standard output",
          "is a terminal, which an archive is not for: name a file with -o, or redirect it");
    }
    Export.run(found, CallerOutput.of(caller), presence);
    return Ending.SUCCESS;
  }
}
