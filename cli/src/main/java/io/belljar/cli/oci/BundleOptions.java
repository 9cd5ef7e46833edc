package io.belljar.cli.oci;

import io.belljar.cli.CommandSyntax;
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
import java.util.function.Supplier;

/** The options that {@code create}, {@code run} and {@code explain} have in common. */
final class BundleOptions {
  private final Supplier<Optional<String>> bundle;
  private final Supplier<Optional<String>> consoleSocket;
  private final Supplier<Optional<String>> pidFile;
  private final Supplier<Boolean> noPivot;
  private final Supplier<Boolean> noNewKeyring;
  private final Supplier<Integer> preserveFds;

  /** The container's name; set by the command, for some of which it may be left out. */
  String id;

  /** Nothing is carried out, so the caller need not have what it takes. */
  boolean explained;

  /** As options of this command. */
  BundleOptions(CommandSyntax syntax) {
    bundle = syntax.text("--bundle -b", "DIR", "The bundle; the current directory otherwise.");
    consoleSocket =
        syntax.text(
            "--console-socket", "SOCKET", "A Unix socket to which the terminal's master is sent.");
    pidFile = syntax.text("--pid-file", "FILE", "Write the process's id there.");
    noPivot = syntax.flag("--no-pivot", "Move the root instead of pivot_root(2).");
    noNewKeyring = syntax.flag("--no-new-keyring", "Keep the caller's session keyring.");
    preserveFds =
        syntax.number("--preserve-fds", "N", "Pass N descriptors after standard error on.");
  }

  /** What is asked for. */
  NewContainer request(OciContext context, StartMode mode, boolean keep) {
    Bundle read =
        withListening(
            Bundle.read(context.path(bundle.get().orElse("."))), context.listenDescriptors());
    boolean terminal = read.config().process().filter(Process::terminal).isPresent();
    if (terminal && mode == StartMode.FOREGROUND && consoleSocket.get().isEmpty() && !explained) {
      context.requireTerminal("process.terminal");
    }
    return NewContainer.of(new ContainerId(id), read, mode)
        .terminal(terminal(context, mode))
        .pidFile(context.path(pidFile.get()))
        .noPivot(noPivot.get())
        .newKeyring(!noNewKeyring.get())
        .preserveFds(preserveFds.get() + context.listenDescriptors())
        .removeOnExit(mode == StartMode.FOREGROUND && !keep)
        .systemdCgroup(context.globals().systemdCgroup.get())
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
    Optional<Path> socket = context.path(consoleSocket.get());
    boolean relay = mode == StartMode.FOREGROUND && socket.isEmpty();
    return new NewContainer.Terminal(socket, relay, terminals.rows(), terminals.columns());
  }
}
