package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.Delete;
import java.util.function.Supplier;

final class DeleteCommand extends OciVerb {
  private final Supplier<Boolean> force =
      syntax.flag("--force -f", "Also one that runs: its processes are killed.");
  private final Supplier<String> id = syntax.operand("CONTAINER", "The container's name.");

  DeleteCommand() {
    super("Remove what a container holds.");
  }

  @Override
  Ending run(OciContext context) {
    Delete.run(context.invocation(), new Delete.Options(new ContainerId(id.get()), force.get()));
    return Ending.SUCCESS;
  }
}
