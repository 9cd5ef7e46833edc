package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.Resume;
import java.util.function.Supplier;

final class ResumeCommand extends OciVerb {
  private final Supplier<String> id = syntax.operand("CONTAINER", "The container's name.");

  ResumeCommand() {
    super("Let a paused container go on.");
  }

  @Override
  Ending run(OciContext context) {
    Resume.run(context.invocation(), new ContainerId(id.get()));
    return Ending.SUCCESS;
  }
}
