package io.belljar.spec.json;

import java.util.Objects;

/** A JSON string, with its escapes resolved. */
public record JsonString(String value) implements JsonValue {
  public JsonString {
    Objects.requireNonNull(value, "value");
  }
}
