package io.belljar.cli.container;

import io.belljar.cli.template.OutputFormat;
import io.belljar.linux.text.TerminalText;
import io.belljar.runtime.lifecycle.ContainerDetails;
import io.belljar.runtime.state.ExitRecord;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.Mount;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.linux.NamespaceType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A container as a row of {@code ps}: Docker's fields. */
final class ContainerRow {
  static final String TABLE =
      "{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}";

  static final JsonObject HEADINGS =
      JsonObject.builder()
          .put("ID", "CONTAINER ID")
          .put("Names", "NAMES")
          .put("Image", "IMAGE")
          .put("Command", "COMMAND")
          .put("CreatedAt", "CREATED AT")
          .put("RunningFor", "CREATED")
          .put("Ports", "PORTS")
          .put("State", "STATE")
          .put("Status", "STATUS")
          .put("Size", "SIZE")
          .put("Labels", "LABELS")
          .put("LocalVolumes", "LOCAL VOLUMES")
          .put("Mounts", "MOUNTS")
          .put("Networks", "NETWORKS")
          .put("Pid", "PID")
          .build();

  private static final int COMMAND_WIDTH = 20;
  private static final int MOUNT_WIDTH = 15;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z z", Locale.ROOT);

  private ContainerRow() {}

  static OutputFormat.Row of(ContainerDetails details, Instant now, boolean whole) {
    Map<String, String> labels = new TreeMap<>(details.container().stored().labels());
    JsonObject fields =
        JsonObject.builder()
            .put("Command", command(details, whole))
            .put("CreatedAt", TIME.format(details.created().atZone(ZoneId.systemDefault())))
            .put("ID", id(details, whole))
            .put("Image", details.origin())
            .put("Labels", labels(labels))
            .put("LocalVolumes", "0")
            .put("Mounts", mounts(details.container().stored().config(), whole))
            .put("Names", details.container().name())
            .put("Networks", network(details.container().stored().config()))
            .put("Pid", details.container().process().map(p -> (long) p.pid()).orElse(0L))
            .put("Ports", "")
            .put("RunningFor", Durations.text(since(details.created(), now)) + " ago")
            .put("Size", "0B")
            .put("State", details.state())
            .put("Status", status(details, now))
            .build();
    return new OutputFormat.Row(fields, Map.of("Label", labels));
  }

  private static Duration since(Instant moment, Instant now) {
    return Duration.between(moment, now);
  }

  static String id(ContainerDetails details, boolean whole) {
    return whole ? details.container().id().value() : details.container().id().shortForm();
  }

  private static String labels(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }

  /** In quotes, as Docker shows it; what is left out is an ellipsis. */
  private static String command(ContainerDetails details, boolean whole) {
    String command =
        details.command().stream().map(ContainerRow::word).collect(Collectors.joining(" "));
    String shown = TerminalText.printable(whole ? command : shortened(command, COMMAND_WIDTH));
    return "\"" + shown.replace("\"", "\\\"") + "\"";
  }

  /** A word with blanks is quoted as a shell would need it. */
  private static String word(String word) {
    return word.isEmpty() || word.chars().anyMatch(Character::isWhitespace)
        ? "'" + word.replace("'", "'\\''") + "'"
        : word;
  }

  private static String shortened(String text, int width) {
    return text.codePointCount(0, text.length()) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static String mounts(Config config, boolean whole) {
    return config.mounts().stream()
        .filter(Mount::isBind)
        .flatMap(mount -> mount.source().stream())
        .map(source -> whole ? source : shortened(source, MOUNT_WIDTH))
        .collect(Collectors.joining(","));
  }

  private static String network(Config config) {
    return config.linux().namespace(NamespaceType.NETWORK).isEmpty() ? "host" : "none";
  }

  static String status(ContainerDetails details, Instant now) {
    String since = details.started().map(start -> Durations.text(since(start, now))).orElse("?");
    return switch (details.container().status()) {
      case CREATING, CREATED -> "Created";
      case RUNNING -> "Up " + since;
      case PAUSED -> "Up " + since + " (Paused)";
      case STOPPED -> exited(details.container().exit(), now);
    };
  }

  /** Of a container that an engine watches, the engine knows how it ended. */
  private static String exited(Optional<ExitRecord> exit, Instant now) {
    return exit.map(record ->
            "Exited (%d) %s ago".formatted(record.code(), Durations.text(since(record.at(), now))))
        .orElse("Exited");
  }
}
