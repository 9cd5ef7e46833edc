package io.belljar.spec.json;

/** A JSON value (RFC 8259), immutable. */
public sealed interface JsonValue
    permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {}
