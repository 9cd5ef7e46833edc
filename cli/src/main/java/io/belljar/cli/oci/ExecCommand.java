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
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

final class ExecCommand extends OciVerb {
  private static final int FAILED = 255;
  private static final long MOST = 0xFFFF_FFFEL;

  private final Supplier<Optional<String>> consoleSocket =
      syntax.text("--console-socket", "SOCKET", "As in create.");
  private final Supplier<Optional<String>> cwd =
      syntax.text("--cwd", "DIR", "The working directory.");
  private final Supplier<List<String>> env =
      syntax.texts("--env -e", "NAME=VALUE", "Set a variable.");
  private final Supplier<Boolean> tty = syntax.flag("--tty -t", "Give it a terminal.");
  private final Supplier<Optional<String>> user =
      syntax.text("--user -u", "UID[:GID]", "The user and group.");
  private final Supplier<List<String>> additionalGids =
      syntax.texts("--additional-gids -g", "GID", "A further group.");
  private final Supplier<Optional<String>> process =
      syntax.text("--process -p", "FILE", "A process.json that says it all.");
  private final Supplier<Boolean> detach = syntax.flag("--detach -d", "Do not wait for it.");
  private final Supplier<Optional<String>> pidFile =
      syntax.text("--pid-file", "FILE", "Write its id there.");
  private final Supplier<Optional<String>> processLabel =
      syntax.text("--process-label", "LABEL", "Its SELinux label.");
  private final Supplier<Optional<String>> apparmor =
      syntax.text("--apparmor", "PROFILE", "Its AppArmor profile.");
  private final Supplier<Boolean> noNewPrivs =
      syntax.flag("--no-new-privs", "It may not gain privileges.");
  private final Supplier<List<String>> caps =
      syntax.texts("--cap -c", "CAPABILITY", "A further capability.");
  private final Supplier<Integer> preserveFds =
      syntax.number("--preserve-fds", "N", "As in create.");
  private final Supplier<Optional<String>> cgroup =
      syntax.text("--cgroup", "PATH", "Not supported yet.");
  private final Supplier<Boolean> ignorePaused =
      syntax.flag("--ignore-paused", "Also when the container is paused.");
  private final Supplier<String> id = syntax.operand("CONTAINER", "The container's name.");
  private final Supplier<List<String>> command = syntax.operands("COMMAND", "What to run.");

  ExecCommand() {
    super("Run a further process in a container.");
  }

  @Override
  Ending run(OciContext context) {
    if (cgroup.get().isPresent()) {
      throw new InvalidRequestException("--cgroup: not yet; leave it out");
    }
    if (tty.get() && !detach.get() && consoleSocket.get().isEmpty()) {
      context.requireTerminal("--tty");
    }
    Terminals terminals = context.caller().request().terminals();
    Optional<Path> socket = context.path(consoleSocket.get());
    var terminal =
        new NewContainer.Terminal(
            socket, !detach.get() && socket.isEmpty(), terminals.rows(), terminals.columns());
    Optional<Path> document = context.path(process.get());
    UnaryOperator<Process> what =
        document.isPresent() ? own -> ProcessReader.readFile(document.get()) : options()::applyTo;
    Exec.run(
        context.invocation(),
        new Exec.Options(
            new ContainerId(id.get()),
            what,
            detach.get(),
            terminal,
            context.path(pidFile.get()),
            true,
            preserveFds.get() + context.listenDescriptors(),
            Set.of(),
            ignorePaused.get()));
    return Ending.LAUNCHER_GOES_ON;
  }

  private ExecOptions options() {
    List<String> words = command.get();
    return new ExecOptions(
        !words.isEmpty() && words.getFirst().equals("--") ? words.subList(1, words.size()) : words,
        cwd.get(),
        env.get(),
        user.get().map(ExecCommand::user),
        additionalGids.get().stream().map(gid -> id(gid, "--additional-gids")).toList(),
        caps.get().stream().map(ExecCommand::capability).toList(),
        tty.get(),
        noNewPrivs.get(),
        apparmor.get(),
        processLabel.get());
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
