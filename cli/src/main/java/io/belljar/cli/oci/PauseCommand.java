package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.Pause;
import java.util.function.Supplier;

final class PauseCommand extends OciVerb {
  private final Supplier<String> id = syntax.operand("CONTAINER", "The container's name.");

  PauseCommand() {
    super("Freeze all processes of a container.");
  }

  @Override
  Ending run(OciContext context) {
    Pause.run(context.invocation(), new ContainerId(id.get()));
    return Ending.SUCCESS;
  }
}
