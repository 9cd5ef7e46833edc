package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.lifecycle.Create;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Make a container whose process waits for start.")
final class CreateCommand extends OciVerb {
  @Mixin BundleOptions options;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "The container's name.")
  String id;

  @Override
  Ending run(OciContext context) {
    options.id = id;
    Create.run(context.invocation(), options.request(context, StartMode.CREATE, true));
    return Ending.LAUNCHER_GOES_ON;
  }

  @Override
  String failurePrefix() {
    return "create: ";
  }
}
