package io.belljar.cli.container;

import io.belljar.cli.Ending;
import io.belljar.cli.people.DetachKeys;
import io.belljar.cli.people.Explainable;
import io.belljar.cli.people.PeopleContext;
import io.belljar.planner.Terminals;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.copy.ContainerRoot;
import io.belljar.runtime.lifecycle.ContainerNames;
import io.belljar.runtime.lifecycle.Exec;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.LifecycleException;
import io.belljar.runtime.lifecycle.NewContainer;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.user.UserException;
import io.belljar.spec.state.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belljar exec}. Exit codes are the command's own, and 126 and 127 as a shell's. */
@Command(
    name = "exec",
    description = "Run one more command in a container that runs.",
    customSynopsis = "belljar exec [OPTIONS] CONTAINER COMMAND...")
public final class ExecCommand extends ContainerVerb implements Explainable {
  private static final int NOT_STARTED = 126;

  @Option(
      names = {"-d", "--detach"},
      description = "Do not wait for it; nobody reads its output.")
  boolean detach;

  @Option(
      names = "--detach-keys",
      paramLabel = "KEYS",
      description = "Only without a terminal, where Docker has no use for them either.")
  String detachKeys;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME[=VALUE]",
      description = "Set a variable; without a value: the caller's.")
  List<String> env;

  @Option(names = "--env-file", paramLabel = "FILE", description = "A variable a line.")
  List<String> envFile;

  @Option(
      names = {"-i", "--interactive"},
      description = "Pass standard input on; otherwise it is empty.")
  boolean interactive;

  @Option(names = "--privileged", description = "All capabilities that the caller has.")
  boolean privileged;

  @Option(
      names = {"-t", "--tty"},
      description = "Give it a terminal.")
  boolean tty;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER[:GROUP]",
      description = "Names or ids, by the root's /etc/passwd.")
  String user;

  @Option(
      names = {"-w", "--workdir"},
      paramLabel = "DIR",
      description = "Where it starts; otherwise where the container's command did.")
  String workdir;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "Its name or id.")
  String container;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", description = "What to run.")
  List<String> command;

  @Override
  protected boolean mixesOptions() {
    return false; // those after the container are the command's
  }

  @Override
  public Ending run(PeopleContext context) {
    Terminals terminals = context.caller().request().terminals();
    if (tty && interactive && !detach && !terminals.input()) {
      throw new LifecycleException("the input device is not a TTY; leave -t or -i out");
    }
    DetachKeys.requireUnused(detachKeys, tty && !detach, "leave it out, or run it with exec -d");
    Invocation invocation = context.invocation();
    try {
      Exec.run(invocation, options(context, invocation));
    } catch (UserException | InvalidRequestException wrong) {
      printFailure(context, "exec", wrong);
      return Ending.exit(NOT_STARTED);
    }
    return Ending.LAUNCHER_GOES_ON;
  }

  @Override
  public Preview preview(PeopleContext context) {
    Invocation invocation = context.invocation();
    return new Preview("", Exec.plan(invocation, options(context, invocation)));
  }

  private Exec.Options options(PeopleContext context, Invocation invocation) {
    LiveContainer found = running(invocation);
    Terminals terminals = context.caller().request().terminals();
    boolean terminal = tty && !detach;
    var process =
        new ExecProcess(
            () -> ContainerRoot.accounts(found, invocation.observer().proc()),
            command,
            variables(context),
            Optional.ofNullable(user),
            Optional.ofNullable(workdir),
            terminal,
            privileged
                ? invocation.facts().get().heldCapabilities()
                    & invocation.facts().get().knownCapabilities()
                : 0);
    return new Exec.Options(
        found.id(),
        process::of,
        detach,
        new NewContainer.Terminal(Optional.empty(), !detach, terminals.rows(), terminals.columns()),
        Optional.empty(),
        true,
        0,
        detach ? Set.of(0, 1, 2) : interactive ? Set.of() : Set.of(0),
        false);
  }

  private LiveContainer running(Invocation invocation) {
    LiveContainer found =
        invocation
            .observer()
            .look(ContainerNames.resolve(invocation, container))
            .orElseThrow(() -> ContainerNames.missing(invocation, container));
    if (found.status() == Status.PAUSED) {
      throw new LifecycleException("container " + container + " is paused: unpause it before exec");
    }
    if (found.status() == Status.STOPPED) {
      throw new LifecycleException("container " + container + " is not running");
    }
    return found;
  }

  private List<String> variables(PeopleContext context) {
    return ExecProcess.variables(
        context.directory(),
        context.caller().request().environment(),
        envFile == null ? List.of() : envFile,
        env == null ? List.of() : env);
  }
}
