package io.belljar.spec.json;

/** {@code true} or {@code false}. */
public enum JsonBoolean implements JsonValue {
  FALSE,
  TRUE;

  /** The constant for {@code value}. */
  public static JsonBoolean of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** The constant as a Java boolean. */
  public boolean value() {
    return this == TRUE;
  }
}
