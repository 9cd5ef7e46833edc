package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.Pause;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "pause", description = "Freeze all processes of a container.")
final class PauseCommand extends OciVerb {
  @Parameters(index = "0", paramLabel = "CONTAINER", description = "The container's name.")
  String id;

  @Override
  Ending run(OciContext context) {
    Pause.run(context.invocation(), new ContainerId(id));
    return Ending.SUCCESS;
  }
}
