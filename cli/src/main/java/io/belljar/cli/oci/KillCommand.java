package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.Kill;
import java.util.function.Supplier;

final class KillCommand extends OciVerb {
  private final Supplier<Boolean> all = syntax.flag("--all -a", "To all its processes.");
  private final Supplier<String> id = syntax.operand("CONTAINER", "The container's name.");
  private final Supplier<String> signal =
      syntax.operand("SIGNAL", "A name or number; SIGTERM otherwise.", "SIGTERM");

  KillCommand() {
    super("Send a signal to a container's first process.");
  }

  @Override
  Ending run(OciContext context) {
    Kill.run(
        context.invocation(), new Kill.Options(new ContainerId(id.get()), signal.get(), all.get()));
    return Ending.SUCCESS;
  }
}
