package io.belljar.cli.toolbox;

import io.belljar.cli.getopt.Syntax;
import io.belljar.cli.people.PeopleContext;
import io.belljar.linux.NamespaceKind;
import io.belljar.toolbox.command.ToolPlan;
import io.belljar.toolbox.unshare.UnshareFacts;
import io.belljar.toolbox.unshare.UnshareOptions;
import io.belljar.toolbox.unshare.UnsharePlanner;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belljar unshare}, with the options of unshare(1) of util-linux. */
@Command(
    name = "unshare",
    description = "Run a command in new namespaces. An option with a FILE keeps the namespace.",
    customSynopsis = "belljar unshare [OPTIONS] [COMMAND [ARG...]]")
public final class UnshareCommand extends LaunchingVerb {
  @Mixin NamespaceOptions namespaces;

  @Option(
      names = {"-f", "--fork"},
      description = "Fork the command instead of becoming it; needed to be in a new pid namespace.")
  boolean fork;

  @Option(
      names = "--kill-child",
      arity = "0..1",
      fallbackValue = "KILL",
      paramLabel = "SIGNAL",
      description = "The command gets this signal (KILL) when unshare dies; implies --fork.")
  String killChild;

  @Option(
      names = "--forward-signals",
      description = "Pass SIGTERM and SIGINT on to the command; implies --fork.")
  boolean forwardSignals;

  @Option(
      names = "--mount-proc",
      arity = "0..1",
      fallbackValue = "/proc",
      paramLabel = "DIR",
      description = "Mount a new proc file system on DIR (/proc); implies --mount.")
  String mountProc;

  @Option(
      names = "--mount-binfmt",
      arity = "0..1",
      fallbackValue = "/proc/sys/fs/binfmt_misc",
      paramLabel = "DIR",
      description = "Mount a binfmt_misc file system of its own; implies --user and --mount.")
  String mountBinfmt;

  @Mixin UserMapOptions users;

  @Option(
      names = "--propagation",
      paramLabel = "MODE",
      description = "Of mounts: private (the default), slave, shared or unchanged.")
  String propagation;

  @Option(
      names = "--keep-caps",
      description = "Keep the capabilities that the user namespace gives.")
  boolean keepCaps;

  @Option(
      names = {"-S", "--setuid"},
      paramLabel = "UID",
      description = "The command's user.")
  String setuid;

  @Option(
      names = {"-G", "--setgid"},
      paramLabel = "GID",
      description = "The command's group.")
  String setgid;

  @Option(
      names = {"-R", "--root"},
      paramLabel = "DIR",
      description = "The root directory.")
  String root;

  @Option(
      names = {"-w", "--wd"},
      paramLabel = "DIR",
      description = "The working directory.")
  String workingDirectory;

  @Option(
      names = "--monotonic",
      paramLabel = "SECONDS",
      description = "Shift the monotonic clock of the time namespace.")
  String monotonic;

  @Option(
      names = "--boottime",
      paramLabel = "SECONDS",
      description = "Shift the boot time clock of the time namespace.")
  String boottime;

  @Option(
      names = {"-l", "--load-interp"},
      paramLabel = "TEXT",
      description =
          "Register an interpreter with binfmt_misc, as :name:M:offset:magic:mask:program:flags;"
              + " implies --mount-binfmt (Linux 6.7).")
  String interpreter;

  @Option(names = "--clear-env", description = "No environment.")
  boolean clearEnvironment;

  @Option(
      names = "--whitelist-env",
      paramLabel = "NAME,...",
      description = "Of the environment only these.")
  List<String> keptVariables = new ArrayList<>();

  @Parameters(arity = "0..*", hidden = true)
  List<String> command = new ArrayList<>();

  @Override
  ToolPlan plan(PeopleContext context) {
    return UnsharePlanner.plan(options(), UnshareFacts.gather(toolCaller(context)));
  }

  private UnshareOptions options() {
    return new UnshareOptions(
        namespaces(),
        users.mapping(),
        new UnshareOptions.Files(
            Optional.ofNullable(mountProc),
            Optional.ofNullable(mountBinfmt),
            Optional.ofNullable(interpreter),
            Optional.ofNullable(propagation),
            Optional.ofNullable(root),
            Optional.ofNullable(workingDirectory)),
        new UnshareOptions.Start(
            fork,
            Optional.ofNullable(killChild),
            forwardSignals,
            Optional.ofNullable(setuid),
            Optional.ofNullable(setgid),
            keepCaps),
        new UnshareOptions.Clocks(Optional.ofNullable(monotonic), Optional.ofNullable(boottime)),
        new UnshareOptions.Variables(
            clearEnvironment || !keptVariables.isEmpty(),
            keptVariables.stream().flatMap(names -> Stream.of(names.split(","))).toList()),
        command);
  }

  private UnshareOptions.Namespaces namespaces() {
    Set<NamespaceKind> kinds = EnumSet.noneOf(NamespaceKind.class);
    Map<NamespaceKind, String> pins = new EnumMap<>(NamespaceKind.class);
    for (NamespaceKind kind : NamespaceOptions.KINDS) {
      namespaces
          .of(kind)
          .ifPresent(file -> {
            kinds.add(kind);
            file.ifPresent(path -> pins.put(kind, path));
          });
    }
    return new UnshareOptions.Namespaces(kinds, pins);
  }

  @Override
  protected Syntax syntax() {
    return Syntax.GETOPT_SHORT_FLAGS;
  }

  @Override
  protected String speaker() {
    return "unshare";
  }

  @Override
  protected int failureCode() {
    return 1;
  }
}
