package io.belljar.runtime.state;

import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.runtime.ContainerId;
import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.json.JsonNode;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonReader;
import io.belljar.spec.json.JsonWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The JSON forms of what the store keeps: {@code state.json} and the markers of unfinished work.
 *
 * <p>A document of another form is refused; a version of Belljar that needs more writes a higher
 * number.
 */
final class StateDocument {
  private static final long FORM = 1;

  private StateDocument() {}

  static byte[] write(StoredContainer container) {
    JsonObject document =
        JsonObject.builder()
            .put("form", FORM)
            .put("id", container.id().value())
            .put("bundle", container.bundle().toString())
            .put("rootfs", container.rootfs().toString())
            .put("created", container.created().toString())
            .put("creator", container.creator().toString())
            .put("pidNamespace", container.space().pidNamespace())
            .put("boot", container.space().boot())
            .put("owner", container.owner())
            .putStrings("groups", container.groups())
            .putIfTrue("removeOnExit", container.removeOnExit())
            .putStrings("belongings", texts(container.belongings()))
            .putText("origin", Optional.of(container.origin()).filter(text -> !text.isEmpty()))
            .putStrings("labels", container.labels())
            .put("config", container.document())
            .build();
    return JsonWriter.writeBytes(document, JsonWriter.Layout.COMPACT);
  }

  static StoredContainer readContainer(byte[] content, String name) {
    JsonNode node = form(content, name);
    return new StoredContainer(
        new ContainerId(node.require("id").text()),
        Path.of(node.require("bundle").absolutePath()),
        Path.of(node.require("rootfs").absolutePath()),
        object(node.require("config")),
        instant(node.require("created")),
        process(node.require("creator")),
        space(node),
        node.require("owner").uint32(),
        node.texts("groups"),
        node.flag("removeOnExit"),
        node.texts("belongings").stream().map(Path::of).toList(),
        node.text("origin").orElse(""),
        node.textMap("labels"));
  }

  /** Only the configuration of a document that has been read before. */
  static JsonObject readConfig(byte[] content) {
    return object(JsonReader.readNode(content, "state.json").require("config"));
  }

  static byte[] write(Marker marker) {
    JsonObject document =
        JsonObject.builder()
            .put("form", FORM)
            .put("id", marker.id().value())
            .put("work", marker.work().word())
            .put("worker", marker.worker().toString())
            .put("pidNamespace", marker.space().pidNamespace())
            .put("boot", marker.space().boot())
            .putStrings("groups", marker.groups())
            .putStrings("belongings", texts(marker.belongings()))
            .build();
    return JsonWriter.writeBytes(document, JsonWriter.Layout.COMPACT);
  }

  static Marker readMarker(byte[] content, String name) {
    JsonNode node = form(content, name);
    JsonNode work = node.require("work");
    return new Marker(
        new ContainerId(node.require("id").text()),
        Marker.Work.of(work.text())
            .orElseThrow(() -> work.refuse("is no work that this version knows")),
        process(node.require("worker")),
        space(node),
        node.texts("groups"),
        node.texts("belongings").stream().map(Path::of).toList());
  }

  private static JsonNode form(byte[] content, String name) {
    JsonNode node = JsonReader.readNode(content, name);
    JsonNode form = node.require("form");
    if (form.int64() != FORM) {
      throw form.refuse("is a form that this version does not know; it knows " + FORM);
    }
    return node;
  }

  private static List<String> texts(List<Path> paths) {
    return paths.stream().map(Path::toString).toList();
  }

  private static JsonObject object(JsonNode node) {
    if (node.value() instanceof JsonObject object) {
      return object;
    }
    throw node.refuse("is not an object");
  }

  private static Instant instant(JsonNode node) {
    try {
      return Instant.parse(node.text());
    } catch (DateTimeException e) {
      InvalidDocumentException refused = node.refuse("is not a time");
      refused.addSuppressed(e);
      throw refused;
    }
  }

  private static ProcessSpace space(JsonNode node) {
    return new ProcessSpace(node.require("pidNamespace").int64(), node.require("boot").text());
  }

  private static ProcessIdentity process(JsonNode node) {
    return ProcessIdentity.parse(node.text())
        .orElseThrow(() -> node.refuse("is not a process and its start time"));
  }
}
