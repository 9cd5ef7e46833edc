package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.Resume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "resume", description = "Let a paused container go on.")
final class ResumeCommand extends OciVerb {
  @Parameters(index = "0", paramLabel = "CONTAINER", description = "The container's name.")
  String id;

  @Override
  Ending run(OciContext context) {
    Resume.run(context.invocation(), new ContainerId(id));
    return Ending.SUCCESS;
  }
}
