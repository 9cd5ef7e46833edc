package io.belljar.cli.oci;

import io.belljar.cli.Commands;
import io.belljar.cli.Ending;
import io.belljar.cli.ErrorLine;
import io.belljar.cli.Failures;
import io.belljar.planner.Caller;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonWriter;
import io.belljar.spec.state.StateWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that come before the command. */
@Command(
    name = "belljar-oci",
    addMethodSubcommands = false,
    description = "Runs containers from OCI bundles. A drop-in replacement for runc.",
    synopsisSubcommandLabel = "COMMAND")
final class OciCommand {
  enum LogFormat {
    text,
    json
  }

  @Option(names = "--root", paramLabel = "DIR", description = "Where containers' state is kept.")
  String root;

  @Option(names = "--log", paramLabel = "FILE", description = "Append errors to this file.")
  String log;

  @Option(names = "--log-format", paramLabel = "FORMAT", description = "text or json.")
  LogFormat logFormat = LogFormat.text;

  @Option(names = "--debug", description = "Log more.")
  boolean debug;

  @Option(names = "--systemd-cgroup", description = "Not supported yet.")
  boolean systemdCgroup;

  @Option(names = "--rootless", paramLabel = "BOOL", description = "Accepted; found out by itself.")
  String rootless;

  @Option(
      names = {"--help", "-h"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"--version", "-v"},
      versionHelp = true,
      description = "Print the version.")
  boolean version;

  /** The commands, as help lists them. */
  static Commands commands() {
    return new Commands.Builder()
        .add("create", CreateCommand::new)
        .add("delete", DeleteCommand::new)
        .add("exec", ExecCommand::new)
        .add("explain", ExplainCommand::new)
        .add("features", FeaturesCommand::new)
        .add("kill", KillCommand::new)
        .add("list", ListCommand::new)
        .add("pause", PauseCommand::new)
        .add("resume", ResumeCommand::new)
        .add("run", RunCommand::new)
        .add("spec", SpecCommand::new)
        .add("start", StartCommand::new)
        .add("state", StateCommand::new)
        .of(OciCommand::new);
  }

  /** Forgets the request before; the parser fills in what this one sets. */
  void begin() {
    root = null;
    log = null;
    logFormat = LogFormat.text;
    debug = false;
    systemdCgroup = false;
  }

  void refuseSystemd() {
    if (systemdCgroup) {
      throw new InvalidRequestException(
          "--systemd-cgroup: not yet; use the cgroupfs driver (podman --cgroup-manager cgroupfs,"
              + " Docker native.cgroupdriver=cgroupfs, containerd SystemdCgroup = false)");
    }
  }

  /** Says it where runc would: in the log if there is one, and on standard error. */
  Ending fail(Caller caller, String message, int code) {
    if (log != null) {
      Path file = Path.of(caller.request().workingDirectory()).resolve(log);
      try {
        Files.writeString(
            file, entry(message), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        caller.printError(ErrorLine.of("belljar-oci", "--log: " + Failures.text(e)));
      }
    }
    caller.printError(ErrorLine.of("belljar-oci", message));
    return Ending.exit(code);
  }

  private String entry(String message) {
    String time = StateWriter.timestamp(Instant.now());
    if (logFormat == LogFormat.json) {
      JsonObject entry =
          JsonObject.builder().put("level", "error").put("msg", message).put("time", time).build();
      return JsonWriter.write(entry, JsonWriter.Layout.COMPACT) + "\n";
    }
    return "time=\"" + time + "\" level=error msg=" + JsonWriter.quote(message) + "\n";
  }
}
