package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.lifecycle.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "run", description = "Make a container and start its process.")
final class RunCommand extends OciVerb {
  @Mixin BundleOptions options;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "The container's name.")
  String id;

  @Option(
      names = {"--detach", "-d"},
      description = "Do not wait for the process.")
  boolean detach;

  @Option(names = "--keep", description = "Keep the container's state after it has ended.")
  boolean keep;

  @Option(names = "--no-subreaper", hidden = true, description = "Accepted; there is none.")
  boolean noSubreaper;

  @Override
  Ending run(OciContext context) {
    options.id = id;
    StartMode mode = detach ? StartMode.DETACHED : StartMode.FOREGROUND;
    Run.run(context.invocation(), options.request(context, mode, keep));
    return Ending.LAUNCHER_GOES_ON;
  }

  @Override
  String failurePrefix() {
    return "run: ";
  }
}
