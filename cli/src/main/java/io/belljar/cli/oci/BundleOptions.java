package io.belljar.cli.oci;

import io.belljar.planner.Terminals;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.lifecycle.Bundle;
import io.belljar.runtime.lifecycle.NewContainer;
import io.belljar.spec.process.Process;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that {@code create}, {@code run} and {@code explain} have in common. */
final class BundleOptions {
  @Option(
      names = {"--bundle", "-b"},
      paramLabel = "DIR",
      description = "The bundle; the current directory otherwise.")
  String bundle;

  @Option(
      names = "--console-socket",
      paramLabel = "SOCKET",
      description = "A Unix socket to which the terminal's master is sent.")
  String consoleSocket;

  @Option(names = "--pid-file", paramLabel = "FILE", description = "Write the process's id there.")
  String pidFile;

  @Option(names = "--no-pivot", description = "Move the root instead of pivot_root(2).")
  boolean noPivot;

  @Option(names = "--no-new-keyring", description = "Keep the caller's session keyring.")
  boolean noNewKeyring;

  @Option(
      names = "--preserve-fds",
      paramLabel = "N",
      description = "Pass N descriptors after standard error on.")
  int preserveFds;

  /** The container's name; set by the command, for some of which it may be left out. */
  String id;

  /** Nothing is carried out, so the caller need not have what it takes. */
  boolean explained;

  /** What is asked for. */
  NewContainer request(OciContext context, StartMode mode, boolean keep) {
    Bundle read =
        withListening(
            Bundle.read(context.path(Optional.ofNullable(bundle).orElse("."))),
            context.listenDescriptors());
    boolean terminal = read.config().process().filter(Process::terminal).isPresent();
    if (terminal && mode == StartMode.FOREGROUND && consoleSocket == null && !explained) {
      context.requireTerminal("process.terminal");
    }
    return NewContainer.of(new ContainerId(id), read, mode)
        .terminal(terminal(context, mode))
        .pidFile(Optional.ofNullable(pidFile).map(context::path))
        .noPivot(noPivot)
        .newKeyring(!noNewKeyring)
        .preserveFds(preserveFds + context.listenDescriptors())
        .removeOnExit(mode == StartMode.FOREGROUND && !keep)
        .systemdCgroup(context.globals().systemdCgroup)
        .build();
  }

  // The protocol of systemd's socket activation: whom the descriptors are for, and how many.
  private static Bundle withListening(Bundle bundle, int descriptors) {
    if (descriptors == 0 || bundle.config().process().isEmpty()) {
      return bundle;
    }
    Process process = bundle.config().process().get();
    List<String> environment = new ArrayList<>(process.env());
    environment.add("LISTEN_FDS=" + descriptors);
    environment.add("LISTEN_PID=1");
    Process listening = process.toBuilder().env(environment).build();
    return bundle.with(bundle.config().toBuilder().process(Optional.of(listening)).build());
  }

  private NewContainer.Terminal terminal(OciContext context, StartMode mode) {
    Terminals terminals = context.caller().request().terminals();
    Optional<Path> socket = Optional.ofNullable(consoleSocket).map(context::path);
    boolean relay = mode == StartMode.FOREGROUND && socket.isEmpty();
    return new NewContainer.Terminal(socket, relay, terminals.rows(), terminals.columns());
  }
}
