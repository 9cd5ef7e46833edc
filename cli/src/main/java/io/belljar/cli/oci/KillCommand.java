package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.Kill;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "kill", description = "Send a signal to a container's first process.")
final class KillCommand extends OciVerb {
  @Option(
      names = {"--all", "-a"},
      description = "To all its processes.")
  boolean all;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "The container's name.")
  String id;

  @Parameters(
      index = "1",
      paramLabel = "SIGNAL",
      arity = "0..1",
      defaultValue = "SIGTERM",
      description = "A name or number; SIGTERM otherwise.")
  String signal;

  @Override
  Ending run(OciContext context) {
    Kill.run(context.invocation(), new Kill.Options(new ContainerId(id), signal, all));
    return Ending.SUCCESS;
  }
}
