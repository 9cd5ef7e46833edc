package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.lifecycle.Create;
import java.util.function.Supplier;

final class CreateCommand extends OciVerb {
  private final BundleOptions options = new BundleOptions(syntax);
  private final Supplier<String> id = syntax.operand("CONTAINER", "The container's name.");

  CreateCommand() {
    super("Make a container whose process waits for start.");
  }

  @Override
  Ending run(OciContext context) {
    options.id = id.get();
    Create.run(context.invocation(), options.request(context, StartMode.CREATE, true));
    return Ending.LAUNCHER_GOES_ON;
  }

  @Override
  String failurePrefix() {
    return "create: ";
  }
}
