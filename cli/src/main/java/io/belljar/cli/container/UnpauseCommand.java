package io.belljar.cli.container;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.runtime.lifecycle.Resume;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code belljar unpause}. */
@Command(
    name = "unpause",
    description = "Let paused containers go on.",
    customSynopsis = "belljar unpause CONTAINER...")
public final class UnpauseCommand extends ContainerVerb {
  @Parameters(paramLabel = "CONTAINER", arity = "1..*", description = "Names or ids.")
  List<String> containers;

  @Override
  public Ending run(PeopleContext context) {
    return each(context, containers, Resume::run);
  }
}
