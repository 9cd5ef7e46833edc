package io.belljar.cli.oci;

import io.belljar.cli.CommandSyntax;
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
import java.util.Optional;
import java.util.function.Supplier;

/** The options that come before the command. */
final class OciCommand {
  enum LogFormat {
    text,
    json
  }

  final CommandSyntax syntax =
      new CommandSyntax(this, "Runs containers from OCI bundles. A drop-in replacement for runc.");
  final Supplier<Optional<String>> root =
      syntax.text("--root", "DIR", "Where containers' state is kept.");
  private final Supplier<Optional<String>> log =
      syntax.text("--log", "FILE", "Append errors to this file.");
  private final Supplier<LogFormat> logFormat =
      syntax.choice("--log-format", "FORMAT", "text or json.", LogFormat.text);
  final Supplier<Boolean> systemdCgroup = syntax.flag("--systemd-cgroup", "Not supported yet.");

  OciCommand() {
    syntax.spec().name("belljar-oci").usageMessage().synopsisSubcommandLabel("COMMAND");
    syntax.flag("--debug", "Log more.");
    syntax.text("--rootless", "BOOL", "Accepted; found out by itself.");
    syntax.help();
    syntax.version();
  }

  /** The commands, as help lists them. */
  static Commands commands() {
    return new Commands.Builder()
        .add("create", () -> new CreateCommand().syntax.spec())
        .add("delete", () -> new DeleteCommand().syntax.spec())
        .add("exec", () -> new ExecCommand().syntax.spec())
        .add("explain", () -> new ExplainCommand().syntax.spec())
        .add("features", () -> new FeaturesCommand().syntax.spec())
        .add("kill", () -> new KillCommand().syntax.spec())
        .add("list", () -> new ListCommand().syntax.spec())
        .add("pause", () -> new PauseCommand().syntax.spec())
        .add("resume", () -> new ResumeCommand().syntax.spec())
        .add("run", () -> new RunCommand().syntax.spec())
        .add("spec", () -> new SpecCommand().syntax.spec())
        .add("start", () -> new StartCommand().syntax.spec())
        .add("state", () -> new StateCommand().syntax.spec())
        .of(() -> new OciCommand().syntax.spec());
  }

  void refuseSystemd() {
    if (systemdCgroup.get()) {
      throw new InvalidRequestException(
          "--systemd-cgroup: not yet; use the cgroupfs driver (podman --cgroup-manager cgroupfs,"
              + " Docker native.cgroupdriver=cgroupfs, containerd SystemdCgroup = false)");
    }
  }

  /** Says it where runc would: in the log if there is one, and on standard error. */
  Ending fail(Caller caller, String message, int code) {
    log.get().ifPresent(file -> append(caller, file, message));
    caller.printError(ErrorLine.of("belljar-oci", message));
    return Ending.exit(code);
  }

  private void append(Caller caller, String log, String message) {
    Path file = Path.of(caller.request().workingDirectory()).resolve(log);
    try {
      Files.writeString(file, entry(message), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      caller.printError(ErrorLine.of("belljar-oci", "--log: " + Failures.text(e)));
    }
  }

  private String entry(String message) {
    String time = StateWriter.timestamp(Instant.now());
    if (logFormat.get() == LogFormat.json) {
      JsonObject entry =
          JsonObject.builder().put("level", "error").put("msg", message).put("time", time).build();
      return JsonWriter.write(entry, JsonWriter.Layout.COMPACT) + "\n";
    }
    return "time=\"" + time + "\" level=error msg=" + JsonWriter.quote(message) + "\n";
  }
}
