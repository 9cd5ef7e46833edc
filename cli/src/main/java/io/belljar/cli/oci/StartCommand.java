package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.Start;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "start", description = "Start the process of a created container.")
final class StartCommand extends OciVerb {
  @Parameters(index = "0", paramLabel = "CONTAINER", description = "The container's name.")
  String id;

  @Override
  Ending run(OciContext context) {
    Start.run(context.invocation(), new ContainerId(id));
    return Ending.SUCCESS;
  }
}
