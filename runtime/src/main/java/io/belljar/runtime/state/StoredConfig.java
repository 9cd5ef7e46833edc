package io.belljar.runtime.state;

import io.belljar.spec.json.JsonNode;
import io.belljar.spec.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * A container's configuration, as it was given: as the document that it is kept in, until somebody
 * asks for more than its annotations. A tree of it takes ten times as much memory.
 */
public final class StoredConfig {
  private static final String NAME = "config.json";

  private final byte[] state;
  private final Optional<Map<String, String>> annotations;
  private volatile Optional<JsonObject> document;

  private StoredConfig(
      byte[] state, Optional<Map<String, String>> annotations, Optional<JsonObject> document) {
    this.state = state;
    this.annotations = annotations;
    this.document = document;
  }

  /** One that is not kept yet. */
  static StoredConfig of(JsonObject document) {
    return new StoredConfig(new byte[0], Optional.empty(), Optional.of(document));
  }

  /** The same, as the document whose part it is. */
  StoredConfig keptIn(byte[] content) {
    return new StoredConfig(content, Optional.of(annotations()), Optional.empty());
  }

  /** One that has been kept, and has no tree that others have asked for. */
  StoredConfig again() {
    return new StoredConfig(state, annotations, Optional.empty());
  }

  /** As a tree. */
  JsonObject document() {
    Optional<JsonObject> known = document;
    if (known.isEmpty()) {
      known = Optional.of(StateDocument.readConfig(state));
      document = known;
    }
    return known.get();
  }

  /** As a tree whose messages speak of config.json. */
  JsonNode node() {
    return JsonNode.root(document(), NAME);
  }

  /** Its annotations. */
  Map<String, String> annotations() {
    return annotations.orElseGet(() -> node().textMap("annotations"));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredConfig config && config.document().equals(document());
  }

  @Override
  public int hashCode() {
    return document().hashCode();
  }

  @Override
  public String toString() {
    return document().toString();
  }
}
