package io.belljar.spec.linux;

import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.json.JsonArray;
import io.belljar.spec.json.JsonNode;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonValue;
import java.util.List;

/** Lists of identifier ranges, which user namespaces and idmapped mounts share. */
public final class IdMappings {
  private static final long IDS = 1L << 32;

  private IdMappings() {}

  /**
   * Reads the list in the member {@code name}.
   *
   * @throws InvalidDocumentException also for a range that is empty or too long
   */
  public static List<IdMapping> read(JsonNode object, String name) {
    return object.list(name, IdMappings::read);
  }

  private static IdMapping read(JsonNode node) {
    IdMapping mapping =
        new IdMapping(
            node.require("containerID").uint32(),
            node.require("hostID").uint32(),
            node.require("size").integer(1, IDS - 1));
    if (Math.max(mapping.containerId(), mapping.hostId()) + mapping.size() > IDS) {
      throw node.require("size").refuse("reaches beyond the last identifier, " + (IDS - 1));
    }
    return mapping;
  }

  /** One range as JSON. */
  public static JsonValue toJson(IdMapping mapping) {
    return JsonObject.builder()
        .put("containerID", mapping.containerId())
        .put("hostID", mapping.hostId())
        .put("size", mapping.size())
        .build();
  }

  /** A list of ranges as JSON. */
  public static JsonArray toJson(List<IdMapping> mappings) {
    return JsonArray.of(mappings, IdMappings::toJson);
  }
}
