package io.belljar.cli.toolbox;

import io.belljar.cli.people.PeopleContext;
import io.belljar.linux.NamespaceKind;
import io.belljar.toolbox.command.Refusal;
import io.belljar.toolbox.command.ToolPlan;
import io.belljar.toolbox.nsenter.NsenterFactsReader;
import io.belljar.toolbox.nsenter.NsenterOptions;
import io.belljar.toolbox.nsenter.NsenterPlanner;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belljar nsenter}, with the options of nsenter(1) of util-linux. */
@Command(
    name = "nsenter",
    description = "Run a command in the namespaces of another process.",
    customSynopsis = "belljar nsenter [OPTIONS] [COMMAND [ARG...]]")
public final class NsenterCommand extends LaunchingVerb {
  private static final String TARGETS = "\0";

  @Option(
      names = {"-a", "--all"},
      description = "All namespaces of the target.")
  boolean all;

  @Option(
      names = {"-t", "--target"},
      paramLabel = "PID",
      description = "The process whose namespaces are entered.")
  String target;

  @Mixin NamespaceOptions namespaces;

  @Option(
      names = {"-N", "--net-socket"},
      paramLabel = "FD",
      description = "The network namespace of this socket of the target's.")
  String netSocket;

  @Option(
      names = {"-S", "--setuid"},
      paramLabel = "UID",
      description = "The command's user; follow: the target's.")
  String setuid;

  @Option(
      names = {"-G", "--setgid"},
      paramLabel = "GID",
      description = "The command's group; follow: the target's.")
  String setgid;

  @Option(
      names = {"-r", "--root"},
      arity = "0..1",
      fallbackValue = TARGETS,
      paramLabel = "DIR",
      description = "The root directory; without DIR the target's.")
  String root;

  @Option(
      names = {"-w", "--wd"},
      arity = "0..1",
      fallbackValue = TARGETS,
      paramLabel = "DIR",
      description = "The working directory; without DIR the target's.")
  String workingDirectory;

  @Option(
      names = {"-W", "--wdns"},
      paramLabel = "DIR",
      description = "The working directory, a path inside.")
  String directoryInside;

  @Option(
      names = {"-e", "--env"},
      description = "The target's environment.")
  boolean environment;

  @Option(
      names = {"-F", "--no-fork"},
      description = "Do not fork, also when a pid namespace is entered.")
  boolean noFork;

  @Option(
      names = {"-c", "--join-cgroup"},
      description = "Join the target's cgroup (version 2).")
  boolean joinCgroup;

  @Option(
      names = "--preserve-credentials",
      description = "Leave user and group alone, also when a user namespace is entered.")
  boolean preserveCredentials;

  @Option(names = "--keep-caps", description = "Keep the capabilities of the user namespace.")
  boolean keepCaps;

  @Option(
      names = "--user-parent",
      description = "The parent of the user namespace, in the place of it.")
  boolean userParent;

  @Option(
      names = {"-Z", "--follow-context"},
      description = "The target's SELinux context; without effect where there is no SELinux.")
  boolean followContext;

  @Parameters(arity = "0..*", hidden = true)
  List<String> command = new ArrayList<>();

  @Override
  ToolPlan plan(PeopleContext context) {
    if (workingDirectory != null && directoryInside != null) {
      throw new Refusal("mutually exclusive arguments: --wdns --wd");
    }
    Optional<String> followed = Optional.ofNullable(target);
    var options =
        new NsenterOptions(
            followed,
            new NsenterOptions.Namespaces(all, files(), userParent, Optional.ofNullable(netSocket)),
            new NsenterOptions.Identity(
                Optional.ofNullable(setuid),
                Optional.ofNullable(setgid),
                preserveCredentials,
                keepCaps),
            new NsenterOptions.Place(
                place(root), place(workingDirectory), Optional.ofNullable(directoryInside)),
            new NsenterOptions.Taken(environment, joinCgroup, followContext),
            noFork,
            command);
    return NsenterPlanner.plan(options, NsenterFactsReader.read(toolCaller(context), followed));
  }

  private Map<NamespaceKind, Optional<String>> files() {
    Map<NamespaceKind, Optional<String>> files = new EnumMap<>(NamespaceKind.class);
    for (NamespaceKind kind : NamespaceOptions.KINDS) {
      namespaces
          .of(kind)
          .ifPresent(file -> {
            if (file.orElse("").startsWith(":")) {
              throw new Refusal(
                  "a namespace's number is not supported; name its file: " + file.get());
            }
            files.put(kind, file);
          });
    }
    return files;
  }

  private static Optional<Optional<String>> place(String typed) {
    return typed == null
        ? Optional.empty()
        : Optional.of(Optional.of(typed).filter(path -> !path.equals(TARGETS)));
  }

  @Override
  protected String speaker() {
    return "nsenter";
  }

  @Override
  protected int failureCode() {
    return 1;
  }
}
