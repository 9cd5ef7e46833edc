package io.belljar.cli.container;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.ContainerNames;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.Rename;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code belljar rename}. */
@Command(name = "rename", description = "Give a container another name.")
public final class RenameCommand extends ContainerVerb {
  @Parameters(index = "0", paramLabel = "CONTAINER", description = "Its name, id or beginning.")
  String container;

  @Parameters(index = "1", paramLabel = "NAME", description = "The new name.")
  String name;

  @Override
  public Ending run(PeopleContext context) {
    Invocation invocation = context.invocation();
    Rename.run(invocation, ContainerNames.resolve(invocation, container), ContainerId.ofName(name));
    return Ending.SUCCESS;
  }
}
