package io.belljar.cli.container;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.runtime.lifecycle.ContainerNames;
import io.belljar.runtime.lifecycle.Wait;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code belljar wait}. */
@Command(
    name = "wait",
    description = "Wait until containers have ended, and print their exit codes.",
    customSynopsis = "belljar wait CONTAINER...")
public final class WaitCommand extends ContainerVerb {
  @Parameters(paramLabel = "CONTAINER", arity = "1..*", description = "Names or ids.")
  List<String> containers;

  @Override
  public Ending run(PeopleContext context) {
    context.caller().flush();
    return eachPrinting(
        context,
        containers,
        (invocation, name) ->
            Integer.toString(Wait.run(invocation, ContainerNames.resolve(invocation, name))));
  }
}
