package io.belljar.spec.state;

import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.json.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Reads states back. Every method throws {@link InvalidDocumentException}. */
public final class StateReader {
  private StateReader() {}

  /** Reads a state of the specification. */
  public static State read(JsonNode node) {
    return new State(
        node.require("ociVersion").text(),
        node.require("id").nonEmptyText(),
        Status.VOCABULARY.read(node.require("status")),
        node.integer("pid", 0, Integer.MAX_VALUE),
        node.require("bundle").text(),
        node.textMap("annotations"));
  }

  /** Reads a state of runc's. */
  public static ContainerState readContainerState(JsonNode node) {
    return new ContainerState(
        node.require("ociVersion").text(),
        node.require("id").nonEmptyText(),
        node.require("pid").int32(),
        Status.VOCABULARY.read(node.require("status")),
        node.require("bundle").text(),
        node.require("rootfs").text(),
        timestamp(node.require("created")),
        node.textMap("annotations"),
        node.text("owner").orElse(""));
  }

  /** Reads an RFC 3339 time. */
  public static Instant timestamp(JsonNode node) {
    try {
      return OffsetDateTime.parse(node.text()).toInstant();
    } catch (DateTimeParseException e) {
      throw node.refuse("is not a time, as 2026-11-23T01:18:11.5966Z");
    }
  }
}
