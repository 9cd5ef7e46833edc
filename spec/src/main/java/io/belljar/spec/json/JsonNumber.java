package io.belljar.spec.json;

import java.util.Objects;

/**
 * A JSON number, as it is written in the document.
 *
 * <p>The literal is kept because the documents use the whole unsigned 64-bit range, which neither
 * {@code long} nor {@code double} holds.
 */
public record JsonNumber(String literal) implements JsonValue {
  public JsonNumber {
    Objects.requireNonNull(literal, "literal");
  }

  /** A signed number. */
  public static JsonNumber of(long value) {
    return new JsonNumber(Long.toString(value));
  }

  /** A number whose 64 bits are read as unsigned. */
  public static JsonNumber ofUnsigned(long value) {
    return new JsonNumber(Long.toUnsignedString(value));
  }
}
