package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import io.belljar.planner.Terminals;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.container.ExecOptions;
import io.belljar.runtime.lifecycle.Exec;
import io.belljar.runtime.lifecycle.NewContainer;
import io.belljar.spec.process.Capability;
import io.belljar.spec.process.Process;
import io.belljar.spec.process.ProcessReader;
import io.belljar.spec.process.User;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "exec", description = "Run a further process in a container.")
final class ExecCommand extends OciVerb {
  private static final int FAILED = 255;
  private static final long MOST = 0xFFFF_FFFEL;

  @Option(names = "--console-socket", paramLabel = "SOCKET", description = "As in create.")
  String consoleSocket;

  @Option(names = "--cwd", paramLabel = "DIR", description = "The working directory.")
  String cwd;

  @Option(
      names = {"--env", "-e"},
      paramLabel = "NAME=VALUE",
      description = "Set a variable.")
  List<String> env;

  @Option(
      names = {"--tty", "-t"},
      description = "Give it a terminal.")
  boolean tty;

  @Option(
      names = {"--user", "-u"},
      paramLabel = "UID[:GID]",
      description = "The user and group.")
  String user;

  @Option(
      names = {"--additional-gids", "-g"},
      paramLabel = "GID",
      description = "A further group.")
  List<String> additionalGids;

  @Option(
      names = {"--process", "-p"},
      paramLabel = "FILE",
      description = "A process.json that says it all.")
  String process;

  @Option(
      names = {"--detach", "-d"},
      description = "Do not wait for it.")
  boolean detach;

  @Option(names = "--pid-file", paramLabel = "FILE", description = "Write its id there.")
  String pidFile;

  @Option(names = "--process-label", paramLabel = "LABEL", description = "Its SELinux label.")
  String processLabel;

  @Option(names = "--apparmor", paramLabel = "PROFILE", description = "Its AppArmor profile.")
  String apparmor;

  @Option(names = "--no-new-privs", description = "It may not gain privileges.")
  boolean noNewPrivs;

  @Option(
      names = {"--cap", "-c"},
      paramLabel = "CAPABILITY",
      description = "A further capability.")
  List<String> caps;

  @Option(names = "--preserve-fds", paramLabel = "N", description = "As in create.")
  int preserveFds;

  @Option(names = "--cgroup", paramLabel = "PATH", description = "Not supported yet.")
  String cgroup;

  @Option(names = "--ignore-paused", description = "Also when the container is paused.")
  boolean ignorePaused;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "The container's name.")
  String id;

  @Parameters(index = "1..*", paramLabel = "COMMAND", arity = "0..*", description = "What to run.")
  List<String> command;

  @Override
  Ending run(OciContext context) {
    if (cgroup != null) {
      throw new InvalidRequestException("--cgroup: not yet; leave it out");
    }
    if (tty && !detach && consoleSocket == null) {
      context.requireTerminal("--tty");
    }
    Terminals terminals = context.caller().request().terminals();
    Optional<Path> socket = Optional.ofNullable(consoleSocket).map(context::path);
    var terminal =
        new NewContainer.Terminal(
            socket, !detach && socket.isEmpty(), terminals.rows(), terminals.columns());
    Optional<Path> document = Optional.ofNullable(process).map(context::path);
    UnaryOperator<Process> what =
        document.isPresent() ? own -> ProcessReader.readFile(document.get()) : options()::applyTo;
    Exec.run(
        context.invocation(),
        new Exec.Options(
            new ContainerId(id),
            what,
            detach,
            terminal,
            Optional.ofNullable(pidFile).map(context::path),
            true,
            preserveFds + context.listenDescriptors(),
            Set.of(),
            ignorePaused));
    return Ending.LAUNCHER_GOES_ON;
  }

  private ExecOptions options() {
    List<String> words = command == null ? List.of() : command;
    return new ExecOptions(
        !words.isEmpty() && words.getFirst().equals("--") ? words.subList(1, words.size()) : words,
        Optional.ofNullable(cwd),
        env == null ? List.of() : env,
        Optional.ofNullable(user).map(ExecCommand::user),
        additionalGids == null
            ? List.of()
            : additionalGids.stream().map(gid -> id(gid, "--additional-gids")).toList(),
        caps == null ? List.of() : caps.stream().map(ExecCommand::capability).toList(),
        tty,
        noNewPrivs,
        Optional.ofNullable(apparmor),
        Optional.ofNullable(processLabel));
  }

  private static User user(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? User.of(id(text, "--user"), 0)
        : User.of(id(text.substring(0, colon), "--user"), id(text.substring(colon + 1), "--user"));
  }

  // A number in decimal and nothing else: what is not understood must never become user 0.
  private static long id(String text, String option) {
    if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) > MOST) {
      throw new InvalidRequestException(
          option + ": \"" + text + "\" is not a number from 0 to " + MOST);
    }
    return Long.parseLong(text);
  }

  private static Capability capability(String text) {
    return Capability.VOCABULARY
        .find(text)
        .orElseThrow(() ->
            new InvalidRequestException(
                "--cap: \"" + text + "\" is not a capability, for example CAP_NET_ADMIN"));
  }

  @Override
  String failurePrefix() {
    return "exec: ";
  }

  @Override
  int failureCode() {
    return FAILED;
  }
}
