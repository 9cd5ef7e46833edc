package io.belljar.spec.json;

/** JSON's {@code null}. OCI documents treat it as absence. */
public enum JsonNull implements JsonValue {
  NULL
}
