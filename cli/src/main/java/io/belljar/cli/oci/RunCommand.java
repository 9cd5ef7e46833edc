package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.lifecycle.Run;
import java.util.function.Supplier;

final class RunCommand extends OciVerb {
  private final BundleOptions options = new BundleOptions(syntax);
  private final Supplier<String> id = syntax.operand("CONTAINER", "The container's name.");
  private final Supplier<Boolean> detach =
      syntax.flag("--detach -d", "Do not wait for the process.");
  private final Supplier<Boolean> keep =
      syntax.flag("--keep", "Keep the container's state after it has ended.");

  RunCommand() {
    super("Make a container and start its process.");
    syntax.ignoredFlag("--no-subreaper", "Accepted; there is none.");
  }

  @Override
  Ending run(OciContext context) {
    options.id = id.get();
    StartMode mode = detach.get() ? StartMode.DETACHED : StartMode.FOREGROUND;
    Run.run(context.invocation(), options.request(context, mode, keep.get()));
    return Ending.LAUNCHER_GOES_ON;
  }

  @Override
  String failurePrefix() {
    return "run: ";
  }
}
