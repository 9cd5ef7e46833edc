package io.belljar.spec.json;

import io.belljar.spec.order.Ordered;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A JSON object. Members keep the order of the document; equality ignores it.
 *
 * <p>Made with {@link #builder()}, whose methods for optional values leave an absent value out.
 */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
  /** The object without members. */
  public static final JsonObject EMPTY = new JsonObject(Map.of());

  public JsonObject {
    members = Ordered.copy(members);
  }

  /** The member's value, as it stands ({@link JsonNull} included). */
  public Optional<JsonValue> get(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** An object of string members. */
  public static JsonObject ofStrings(Map<String, String> strings) {
    Builder object = builder();
    strings.forEach(object::put);
    return object.build();
  }

  /** An empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects members in the order in which they are written. A name can be used once. */
  public static final class Builder {
    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    private Builder() {}

    /** Adds a member. */
    public Builder put(String name, JsonValue value) {
      Objects.requireNonNull(value, name);
      if (members.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("member \"" + name + "\" is there already");
      }
      return this;
    }

    /** Adds a string. */
    public Builder put(String name, String value) {
      return put(name, new JsonString(value));
    }

    /** Adds a signed number. */
    public Builder put(String name, long value) {
      return put(name, JsonNumber.of(value));
    }

    /** Adds a boolean. */
    public Builder put(String name, boolean value) {
      return put(name, JsonBoolean.of(value));
    }

    /** Adds a string, or nothing. */
    public Builder putText(String name, Optional<String> value) {
      value.ifPresent(text -> put(name, text));
      return this;
    }

    /** Adds a boolean, or nothing. */
    public Builder putFlag(String name, Optional<Boolean> value) {
      value.ifPresent(flag -> put(name, flag.booleanValue()));
      return this;
    }

    /** Adds {@code true}, or nothing: for properties whose default is {@code false}. */
    public Builder putIfTrue(String name, boolean value) {
      return value ? put(name, true) : this;
    }

    /** Adds a number, or nothing. */
    public Builder putNumber(String name, OptionalInt value) {
      value.ifPresent(number -> put(name, number));
      return this;
    }

    /** Adds a signed number, or nothing. */
    public Builder putNumber(String name, OptionalLong value) {
      value.ifPresent(number -> put(name, number));
      return this;
    }

    /** Adds an unsigned 64-bit number, or nothing. */
    public Builder putUnsigned(String name, OptionalLong value) {
      value.ifPresent(number -> put(name, JsonNumber.ofUnsigned(number)));
      return this;
    }

    /** Adds what {@code writer} makes of the value, or nothing. */
    public <T> Builder put(String name, Optional<T> value, Function<? super T, JsonValue> writer) {
      value.ifPresent(present -> put(name, writer.apply(present)));
      return this;
    }

    /** Adds an object, unless it has no members. */
    public Builder putUnlessEmpty(String name, JsonObject object) {
      return object.members().isEmpty() ? this : put(name, object);
    }

    /** Adds an array of strings, unless there are none. */
    public Builder putStrings(String name, Collection<String> strings) {
      return strings.isEmpty() ? this : put(name, JsonArray.ofStrings(strings));
    }

    /** Adds an object of strings, unless there are none. */
    public Builder putStrings(String name, Map<String, String> strings) {
      return putUnlessEmpty(name, ofStrings(strings));
    }

    /** Adds an array of names, unless there are none. */
    public <E extends Vocabulary.Word> Builder putWords(String name, Collection<E> words) {
      return putList(name, words, word -> new JsonString(word.word()));
    }

    /** Adds an array of what {@code writer} makes of each element, unless there are none. */
    public <T> Builder putList(
        String name, Collection<? extends T> elements, Function<? super T, JsonValue> writer) {
      return elements.isEmpty() ? this : put(name, JsonArray.of(elements, writer));
    }

    /** The object. The builder can be used further. */
    public JsonObject build() {
      return members.isEmpty() ? EMPTY : new JsonObject(members);
    }
  }
}
