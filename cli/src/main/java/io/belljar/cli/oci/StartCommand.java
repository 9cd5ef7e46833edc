package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.Start;
import java.util.function.Supplier;

final class StartCommand extends OciVerb {
  private final Supplier<String> id = syntax.operand("CONTAINER", "The container's name.");

  StartCommand() {
    super("Start the process of a created container.");
  }

  @Override
  Ending run(OciContext context) {
    Start.run(context.invocation(), new ContainerId(id.get()));
    return Ending.SUCCESS;
  }
}
