package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.ShowState;
import java.util.function.Supplier;

final class StateCommand extends OciVerb {
  private final Supplier<String> id = syntax.operand("CONTAINER", "The container's name.");

  StateCommand() {
    super("Print a container's state as JSON.");
  }

  @Override
  Ending run(OciContext context) {
    context.caller().print(ShowState.run(context.invocation(), new ContainerId(id.get())) + "\n");
    return Ending.SUCCESS;
  }
}
