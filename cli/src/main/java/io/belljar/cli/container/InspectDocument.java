package io.belljar.cli.container;

import io.belljar.assembly.ContainerHome;
import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.NamespaceId;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.runtime.lifecycle.ContainerDetails;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.OwnFiles;
import io.belljar.runtime.state.StoredContainer;
import io.belljar.spec.config.Config;
import io.belljar.spec.json.JsonArray;
import io.belljar.spec.json.JsonNull;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonValue;
import io.belljar.spec.process.Process;
import io.belljar.spec.process.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A container as {@code docker inspect} describes it, as far as it applies, and in {@code Belljar}
 * what Docker does not tell: namespaces, cgroups, the configuration.
 */
final class InspectDocument {
  private static final String NEVER = "0001-01-01T00:00:00Z";
  private static final int UNKNOWN = -1;

  private final Invocation invocation;
  private final ContainerDetails details;
  private final LiveContainer container;
  private final StoredContainer stored;
  private final Config config;
  private final InspectHost host;

  private InspectDocument(Invocation invocation, ContainerHome home, ContainerDetails details) {
    this.invocation = invocation;
    this.details = details;
    this.container = details.container();
    this.stored = container.stored();
    this.config = stored.config();
    this.host = new InspectHost(stored, config, home);
  }

  static JsonObject of(Invocation invocation, ContainerHome home, ContainerDetails details) {
    return new InspectDocument(invocation, home, details).document();
  }

  private JsonObject document() {
    List<String> command = details.command();
    Path log = invocation.store().directory(container.id()).resolve(OwnFiles.LOG);
    return JsonObject.builder()
        .put("Id", container.id().value())
        .put("Created", stored.created().toString())
        .put("Path", command.isEmpty() ? "" : command.getFirst())
        .put("Args", JsonArray.ofStrings(command.stream().skip(1).toList()))
        .put("State", state())
        .put("Image", details.origin())
        .put("LogPath", Files.exists(log) ? log.toString() : "")
        .put("Name", "/" + container.name())
        .put("RestartCount", 0)
        .put("Driver", "")
        .put("Platform", "linux")
        .put("MountLabel", config.linux().mountLabel().orElse(""))
        .put("ProcessLabel", config.process().flatMap(Process::selinuxLabel).orElse(""))
        .put("AppArmorProfile", config.process().flatMap(Process::apparmorProfile).orElse(""))
        .put("HostConfig", host.hostConfig())
        .put("Mounts", host.mounts())
        .put("Config", config())
        .put("NetworkSettings", host.network())
        .put("Belljar", own())
        .build();
  }

  private JsonObject state() {
    boolean ended = details.state().equals("exited");
    return JsonObject.builder()
        .put("Status", details.state())
        .put("Running", details.isRunning())
        .put("Paused", details.state().equals("paused"))
        .put("Restarting", false)
        .put("OOMKilled", details.memoryKills() > 0)
        .put("Dead", false)
        .put("Pid", container.process().map(process -> (long) process.pid()).orElse(0L))
        .put(
            "ExitCode",
            container.exit().map(exit -> (long) exit.code()).orElse(ended ? (long) UNKNOWN : 0L))
        .put("Error", "")
        .put("StartedAt", details.started().map(Instant::toString).orElse(NEVER))
        .put("FinishedAt", details.finished().map(Instant::toString).orElse(NEVER))
        .build();
  }

  private JsonObject config() {
    Optional<Process> process = config.process();
    return JsonObject.builder()
        .put("Hostname", config.hostname().orElse(""))
        .put("Domainname", config.domainname().orElse(""))
        .put("User", process.map(Process::user).map(InspectDocument::user).orElse(""))
        .put("Tty", process.map(Process::terminal).orElse(false))
        .put("Env", JsonArray.ofStrings(process.map(Process::env).orElse(List.of())))
        .put("Cmd", JsonArray.ofStrings(details.command()))
        .put("Image", details.origin())
        .put("WorkingDir", process.map(Process::cwd).orElse(""))
        .put("Entrypoint", JsonNull.NULL)
        .put("Labels", JsonObject.ofStrings(new TreeMap<>(stored.labels())))
        .build();
  }

  private static String user(User user) {
    return user.uid() == 0 && user.gid() == 0 ? "" : user.uid() + ":" + user.gid();
  }

  private JsonObject own() {
    JsonObject.Builder own =
        JsonObject.builder()
            .put("State", invocation.store().directory(container.id()).toString())
            .put("Bundle", stored.bundle().toString())
            .put("Rootfs", stored.rootfs().toString())
            .put("Owner", stored.owner())
            .put("OtherPidNamespace", container.hidden())
            .put("Waiter", container.waiter().map(process -> (long) process.pid()).orElse(0L))
            .put("MemoryKills", details.memoryKills())
            .put("Namespaces", namespaces())
            .put("Cgroups", JsonArray.ofStrings(stored.groups()))
            .put("Config", stored.document());
    return own.build();
  }

  /** As the links in /proc/PID/ns name them; none of a process that has ended. */
  private JsonValue namespaces() {
    JsonObject.Builder namespaces = JsonObject.builder();
    if (container.process().isPresent()) {
      ProcessIdentity process = container.process().get();
      for (NamespaceKind kind : NamespaceKind.values()) {
        Optional<NamespaceId> id = invocation.observer().proc().namespace(process.pid(), kind);
        id.ifPresent(found -> namespaces.put(kind.procName(), found.toString()));
      }
    }
    return namespaces.build();
  }
}
