package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.Delete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Remove what a container holds.")
final class DeleteCommand extends OciVerb {
  @Option(
      names = {"--force", "-f"},
      description = "Also one that runs: its processes are killed.")
  boolean force;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "The container's name.")
  String id;

  @Override
  Ending run(OciContext context) {
    Delete.run(context.invocation(), new Delete.Options(new ContainerId(id), force));
    return Ending.SUCCESS;
  }
}
