package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.ShowState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "state", description = "Print a container's state as JSON.")
final class StateCommand extends OciVerb {
  @Parameters(index = "0", paramLabel = "CONTAINER", description = "The container's name.")
  String id;

  @Override
  Ending run(OciContext context) {
    context.caller().print(ShowState.run(context.invocation(), new ContainerId(id)) + "\n");
    return Ending.SUCCESS;
  }
}
