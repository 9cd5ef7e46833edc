package io.belljar.spec.json;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A JSON array. */
public record JsonArray(List<JsonValue> elements) implements JsonValue {
  public JsonArray {
    elements = List.copyOf(elements);
  }

  /** An array of strings. */
  public static JsonArray ofStrings(Iterable<String> strings) {
    return of(strings, JsonString::new);
  }

  /** An array of what {@code writer} makes of each of {@code elements}. */
  public static <T> JsonArray of(
      Iterable<? extends T> elements, Function<? super T, JsonValue> writer) {
    Stream.Builder<JsonValue> values = Stream.builder();
    for (T element : elements) {
      values.add(writer.apply(element));
    }
    return new JsonArray(values.build().toList());
  }
}
