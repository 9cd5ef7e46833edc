package io.belljar.cli.container;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.runtime.lifecycle.Stop;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belljar stop}. */
@Command(
    name = "stop",
    description = "Ask containers to end, and end them after a while.",
    customSynopsis = "belljar stop [OPTIONS] CONTAINER...")
public final class StopCommand extends ContainerVerb {
  @Option(
      names = {"-s", "--signal"},
      paramLabel = "SIGNAL",
      description = "What asks them; without it SIGTERM.")
  String signal = "TERM";

  @Option(
      names = {"-t", "--time", "--timeout"},
      paramLabel = "SECONDS",
      description = "How long they may take, without it 10; -1: as long as they like.")
  int seconds = 10;

  @Parameters(paramLabel = "CONTAINER", arity = "1..*", description = "Names or ids.")
  List<String> containers;

  @Override
  public Ending run(PeopleContext context) {
    return each(
        context,
        containers,
        (invocation, id) -> Stop.run(invocation, new Stop.Options(id, signal, seconds)));
  }
}
