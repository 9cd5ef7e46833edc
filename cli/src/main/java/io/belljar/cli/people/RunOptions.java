package io.belljar.cli.people;

import io.belljar.InvalidIsolationException;
import io.belljar.Isolation;
import io.belljar.Limits;
import io.belljar.Mount;
import io.belljar.Namespaces;
import io.belljar.Privileges;
import io.belljar.Root;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Docker's options of {@code run}, and where the root comes from. */
final class RunOptions {
  @Option(
      names = "--rootfs",
      paramLabel = "DIR|TARBALL",
      description = "The root file system: a directory, or a tarball to unpack.")
  String rootfs;

  @Option(
      names = "--from-host",
      paramLabel = "PROGRAM,...",
      description = "A root made of these programs of the host and their libraries.")
  List<String> fromHost;

  @Option(
      names = {"-i", "--interactive"},
      description = "Pass standard input on; otherwise it is empty.")
  boolean interactive;

  @Option(
      names = {"-t", "--tty"},
      description = "Give it a terminal.")
  boolean tty;

  @Option(
      names = {"-d", "--detach"},
      description = "Print its name and do not wait for it.")
  boolean detach;

  @Option(
      names = "--detach-keys",
      paramLabel = "KEYS",
      description = "Only with -d or without a terminal; attach has them.")
  String detachKeys;

  @Option(names = "--rm", description = "Remove it when it has ended.")
  boolean remove;

  @Option(names = "--name", paramLabel = "NAME", description = "Its name, and its cgroups'.")
  String name;

  @Option(
      names = {"-h", "--hostname"},
      paramLabel = "NAME",
      description = "Its host name.")
  String hostname;

  @Mixin LimitOptions limits;

  @Mixin DeviceLimitOptions deviceLimits;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER[:GROUP]",
      description = "Names or ids, by the root's /etc/passwd.")
  String user;

  @Option(
      names = {"-w", "--workdir"},
      paramLabel = "DIR",
      description = "Where the command starts.")
  String workdir;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME[=VALUE]",
      description = "Set a variable; without a value: the caller's.")
  List<String> env;

  @Option(names = "--env-file", paramLabel = "FILE", description = "A variable a line.")
  List<String> envFile;

  @Option(
      names = {"-v", "--volume"},
      paramLabel = "SOURCE:TARGET[:ro]",
      description = "Show a path of the host, or a named volume.")
  List<String> volume;

  @Option(
      names = "--mount",
      paramLabel = "KEY=VALUE,...",
      description = "type=bind|volume|tmpfs,source=...,target=...,readonly")
  List<String> mount;

  @Option(
      names = "--tmpfs",
      paramLabel = "TARGET[:OPTIONS]",
      description = "An empty file system in memory.")
  List<String> tmpfs;

  @Option(names = "--read-only", description = "The root cannot be written.")
  boolean readOnly;

  @Option(names = "--cap-add", paramLabel = "CAP", description = "One more capability, or ALL.")
  List<String> capAdd;

  @Option(names = "--cap-drop", paramLabel = "CAP", description = "One less, or ALL.")
  List<String> capDrop;

  @Option(names = "--privileged", description = "All that the caller may do, and all devices.")
  boolean privileged;

  @Option(
      names = "--security-opt",
      paramLabel = "OPTION",
      description = "no-new-privileges, seccomp=unconfined, seccomp=FILE")
  List<String> securityOpt;

  @Option(
      names = {"--network", "--net"},
      paramLabel = "none|host|container:NAME",
      description = "Its own, with nothing but lo, the host's, or another container's.")
  String network;

  @Option(names = "--pid", paramLabel = "private|host|container:NAME", description = "Processes.")
  String pid;

  @Option(
      names = "--ipc",
      paramLabel = "private|host|container:NAME",
      description = "System V IPC.")
  String ipc;

  @Option(names = "--uts", paramLabel = "private|host|container:NAME", description = "Host name.")
  String uts;

  @Option(names = "--userns", paramLabel = "host|private|container:NAME", description = "Users.")
  String userns;

  @Option(
      names = "--ulimit",
      paramLabel = "NAME=SOFT[:HARD]",
      description = "A limit of each process: nofile=1024.")
  List<String> ulimit;

  @Option(
      names = "--device",
      paramLabel = "SOURCE[:TARGET][:rwm]",
      description = "A device of the host.")
  List<String> device;

  @Option(names = "--init", description = "A first process that reaps and passes signals on.")
  boolean init;

  @Option(
      names = {"-l", "--label"},
      paramLabel = "KEY[=VALUE]",
      description = "Keep this with it: inspect shows it, ps -f label=KEY finds it.")
  List<String> label;

  @Parameters(
      index = "0..*",
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "What to run, and its arguments.")
  List<String> command;

  /**
   * The description of what is asked for.
   *
   * @param making whether volumes that are missing are made
   */
  Isolation isolation(PeopleContext context, boolean making) {
    if (tty && interactive && !detach && !context.caller().request().terminals().input()) {
      throw new InvalidIsolationException(
          "tty", "the input device is not a TTY; leave -t or -i out");
    }
    DetachKeys.requireUnused(
        detachKeys, tty && !detach, "run it with -d, and attach with --detach-keys");
    return new Isolation(
        root(context),
        command(),
        Optional.ofNullable(name),
        Optional.ofNullable(hostname),
        environment(context),
        Optional.ofNullable(workdir).orElse("/"),
        Optional.ofNullable(user).orElse(""),
        limits(),
        mounts(new MountTexts(context.directory(), context.home(), making)),
        readOnly,
        privileges(context),
        namespaces(),
        list(ulimit).stream().map(OptionTexts::ulimit).toList(),
        list(device).stream().map(text -> OptionTexts.device(text, context.directory())).toList(),
        init,
        tty,
        true);
  }

  /** What is to be kept with it. */
  Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>();
    for (String text : list(label)) {
      int equals = text.indexOf('=');
      String key = equals < 0 ? text : text.substring(0, equals);
      if (key.isEmpty()) {
        throw new InvalidIsolationException("label", "\"" + text + "\" has no key");
      }
      labels.put(key, equals < 0 ? "" : text.substring(equals + 1));
    }
    return labels;
  }

  private static List<String> list(List<String> texts) {
    return texts == null ? List.of() : texts;
  }

  private Root root(PeopleContext context) {
    if ((rootfs == null) == (fromHost == null)) {
      throw new InvalidIsolationException(
          "",
          rootfs == null
              ? "no root: name one with --rootfs DIR, --rootfs TARBALL or --from-host PROGRAM,..."
              : "--rootfs and --from-host: there can be only one root");
    }
    if (rootfs == null) {
      List<String> programs = new ArrayList<>();
      fromHost.forEach(names -> programs.addAll(List.of(names.split(","))));
      return new Root.HostPrograms(programs.stream().filter(text -> !text.isEmpty()).toList());
    }
    if (rootfs.isEmpty()) {
      throw new InvalidIsolationException("rootfs", "\"\" is no path");
    }
    Path path = context.directory().resolve(rootfs).normalize();
    return Files.isRegularFile(path) ? Root.tarball(path) : Root.directory(path);
  }

  private List<String> command() {
    if (command == null || command.isEmpty()) {
      throw new InvalidIsolationException("", "no command: say what to run after the options");
    }
    return command;
  }

  private List<String> environment(PeopleContext context) {
    var caller = context.caller().request().environment();
    List<String> variables = new ArrayList<>();
    for (String file : list(envFile)) {
      variables.addAll(Variables.file(context.directory().resolve(file), caller));
    }
    list(env).forEach(text -> Variables.of(text, caller).ifPresent(variables::add));
    return variables;
  }

  private Limits limits() {
    return new Limits(
        limits.memory(),
        limits.memoryAndSwap(),
        limits.processors(),
        limits.cpuset(),
        limits.processes(),
        limits.blockWeight(),
        deviceLimits.limits());
  }

  private List<Mount> mounts(MountTexts texts) {
    List<Mount> mounts = new ArrayList<>();
    list(volume).forEach(text -> mounts.add(texts.volume(text)));
    list(mount).forEach(text -> mounts.add(texts.mount(text)));
    list(tmpfs).forEach(text -> mounts.add(MountTexts.temporary(text)));
    return mounts;
  }

  private Privileges privileges(PeopleContext context) {
    Privileges privileges =
        Privileges.DEFAULT
            .add(OptionTexts.capabilities("cap-add", list(capAdd)))
            .drop(OptionTexts.capabilities("cap-drop", list(capDrop)));
    if (privileged) {
      privileges = privileges.everything();
    }
    for (String text : list(securityOpt)) {
      privileges = OptionTexts.security(privileges, text, context.directory());
    }
    return privileges;
  }

  private Namespaces namespaces() {
    Namespaces namespaces = Namespaces.DEFAULT;
    if (network != null) {
      namespaces = namespaces.network(OptionTexts.sharing("network", network));
    }
    if (pid != null) {
      namespaces = namespaces.pid(OptionTexts.sharing("pid", pid));
    }
    if (ipc != null) {
      namespaces = namespaces.ipc(OptionTexts.sharing("ipc", ipc));
    }
    if (uts != null) {
      namespaces = namespaces.uts(OptionTexts.sharing("uts", uts));
    }
    if (userns != null) {
      namespaces = namespaces.user(OptionTexts.sharing("userns", userns));
    }
    return namespaces;
  }
}
