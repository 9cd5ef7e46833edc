package io.belljar.cli.toolbox;

import io.belljar.linux.NamespaceKind;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code -m -u -i -n -p -U -C -T}, each with or without a file. */
final class NamespaceOptions {
  /** The kinds that have an option. */
  static final List<NamespaceKind> KINDS = List.of(NamespaceKind.values());

  private static final String WITHOUT = "\0";
  private static final String FILE = "FILE";

  @Option(
      names = {"-m", "--mount"},
      arity = "0..1",
      fallbackValue = WITHOUT,
      paramLabel = FILE,
      description = "The mount namespace.")
  String mount;

  @Option(
      names = {"-u", "--uts"},
      arity = "0..1",
      fallbackValue = WITHOUT,
      paramLabel = FILE,
      description = "The UTS namespace: the host's name.")
  String uts;

  @Option(
      names = {"-i", "--ipc"},
      arity = "0..1",
      fallbackValue = WITHOUT,
      paramLabel = FILE,
      description = "The IPC namespace: System V's shared memory, queues and semaphores.")
  String ipc;

  @Option(
      names = {"-n", "--net"},
      arity = "0..1",
      fallbackValue = WITHOUT,
      paramLabel = FILE,
      description = "The network namespace.")
  String net;

  @Option(
      names = {"-p", "--pid"},
      arity = "0..1",
      fallbackValue = WITHOUT,
      paramLabel = FILE,
      description = "The pid namespace, which children are in.")
  String pid;

  @Option(
      names = {"-U", "--user"},
      arity = "0..1",
      fallbackValue = WITHOUT,
      paramLabel = FILE,
      description = "The user namespace.")
  String user;

  @Option(
      names = {"-C", "--cgroup"},
      arity = "0..1",
      fallbackValue = WITHOUT,
      paramLabel = FILE,
      description = "The cgroup namespace.")
  String cgroup;

  @Option(
      names = {"-T", "--time"},
      arity = "0..1",
      fallbackValue = WITHOUT,
      paramLabel = FILE,
      description = "The time namespace.")
  String time;

  /** Empty when it was not asked for; in it, the file. */
  Optional<Optional<String>> of(NamespaceKind kind) {
    String typed =
        switch (kind) {
          case MOUNT -> mount;
          case UTS -> uts;
          case IPC -> ipc;
          case NETWORK -> net;
          case PID -> pid;
          case USER -> user;
          case CGROUP -> cgroup;
          case TIME -> time;
        };
    return typed == null
        ? Optional.empty()
        : Optional.of(Optional.of(typed).filter(file -> !file.equals(WITHOUT)));
  }
}
