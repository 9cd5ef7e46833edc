package io.belljar.cli.container;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.runtime.lifecycle.Pause;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code belljar pause}. */
@Command(
    name = "pause",
    description = "Stop all processes of containers until unpause.",
    customSynopsis = "belljar pause CONTAINER...")
public final class PauseCommand extends ContainerVerb {
  @Parameters(paramLabel = "CONTAINER", arity = "1..*", description = "Names or ids.")
  List<String> containers;

  @Override
  public Ending run(PeopleContext context) {
    return each(context, containers, Pause::run);
  }
}
