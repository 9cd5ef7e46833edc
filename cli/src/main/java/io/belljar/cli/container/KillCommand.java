package io.belljar.cli.container;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.linux.Signal;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.Kill;
import io.belljar.runtime.lifecycle.LifecycleException;
import io.belljar.runtime.lifecycle.Stop;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belljar kill}. */
@Command(
    name = "kill",
    description = "Send a signal to containers' first processes.",
    customSynopsis = "belljar kill [OPTIONS] CONTAINER...")
public final class KillCommand extends ContainerVerb {
  @Option(
      names = {"-s", "--signal"},
      paramLabel = "SIGNAL",
      description = "A name or a number; without it SIGKILL.")
  String signal = "KILL";

  @Parameters(paramLabel = "CONTAINER", arity = "1..*", description = "Names or ids.")
  List<String> containers;

  @Override
  public Ending run(PeopleContext context) {
    return each(context, containers, this::kill);
  }

  /** What SIGKILL was sent to has ended when the command returns, as under Docker. */
  private void kill(Invocation invocation, ContainerId id) {
    if (!Signal.parse(signal).equals(Optional.of(Signal.KILL))) {
      Kill.run(invocation, new Kill.Options(id, signal, false));
    } else if (!Stop.run(invocation, new Stop.Options(id, signal, 0))) {
      throw new LifecycleException("container not running");
    }
  }
}
