package io.belljar.cli.container;

import io.belljar.cli.Ending;
import io.belljar.cli.people.PeopleContext;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.lifecycle.ContainerNames;
import io.belljar.runtime.lifecycle.Delete;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.LifecycleException;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.spec.state.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belljar rm}. */
@Command(
    name = "rm",
    description = "Remove containers that have ended.",
    customSynopsis = "belljar rm [OPTIONS] CONTAINER...")
public final class RmCommand extends ContainerVerb {
  @Option(
      names = {"-f", "--force"},
      description = "End those that run; one that is not there is fine.")
  boolean force;

  @Option(
      names = {"-v", "--volumes"},
      description = "As in docker rm; named volumes stay, and there are no others.")
  boolean volumes;

  @Parameters(paramLabel = "CONTAINER", arity = "1..*", description = "Names or ids.")
  List<String> containers;

  @Override
  public Ending run(PeopleContext context) {
    List<String> there = new ArrayList<>(containers);
    if (force) {
      there.removeIf(name -> isMissing(context, name));
    }
    return each(context, there, this::remove);
  }

  /** With -f, what is not there is told, and is no failure. */
  private static boolean isMissing(PeopleContext context, String name) {
    try {
      ContainerNames.resolve(context.invocation(), name);
      return false;
    } catch (LifecycleException missing) {
      printFailure(context, name, missing);
      return true;
    }
  }

  private void remove(Invocation invocation, ContainerId id) {
    Optional<LiveContainer> running =
        invocation.observer().look(id).filter(Predicate.not(RmCommand::mayGo));
    if (running.isPresent() && !force) {
      throw new LifecycleException(
          "container %s is %s: stop it first, or remove it with -f"
              .formatted(running.get().name(), running.get().status().word()));
    }
    Delete.run(invocation, new Delete.Options(id, force));
  }

  private static boolean mayGo(LiveContainer container) {
    return container.status() == Status.STOPPED || container.status() == Status.CREATED;
  }
}
