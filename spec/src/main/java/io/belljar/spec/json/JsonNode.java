package io.belljar.spec.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A value at its place in a document: typed access whose errors name the document, the path, the
 * value and what was expected.
 *
 * <p>A member that is {@code null} counts as absent, as in every reader written in Go. Members that
 * nobody asks for are ignored, as the specification demands. All accessors throw {@link
 * InvalidDocumentException}.
 */
public final class JsonNode {
  private static final long MAX_UINT32 = 0xffff_ffffL;
  private static final int SHOWN = 80;

  private final String document;
  private final Optional<JsonNode> parent;
  private final String name;
  private final int index;
  private final JsonValue value;

  private JsonNode(
      String document, Optional<JsonNode> parent, String name, int index, JsonValue value) {
    this.document = document;
    this.parent = parent;
    this.name = name;
    this.index = index;
    this.value = value;
  }

  /** The root of a document. */
  public static JsonNode root(JsonValue value, String document) {
    return new JsonNode(document, Optional.empty(), "", -1, value);
  }

  /** What messages call the document. */
  public String document() {
    return document;
  }

  /** The value itself. */
  public JsonValue value() {
    return value;
  }

  /** The path from the root: {@code linux.namespaces[2].type}, {@code annotations["a.b"]}. */
  public String path() {
    if (parent.isEmpty()) {
      return "";
    }
    String above = parent.get().path();
    if (index >= 0) {
      return above + "[" + index + "]";
    }
    return JsonPath.member(above, name);
  }

  // Objects and arrays

  /** The member {@code name}, unless it is absent or null. */
  public Optional<JsonNode> get(String name) {
    JsonValue member = object().members().get(name);
    return member == null || member == JsonNull.NULL
        ? Optional.empty()
        : Optional.of(new JsonNode(document, Optional.of(this), name, -1, member));
  }

  /** The member {@code name}, which must be there. */
  public JsonNode require(String name) {
    return get(name)
        .orElseThrow(() ->
            new InvalidDocumentException(
                document, JsonPath.member(path(), name), "is required, but missing"));
  }

  /** The members of the object, in its order; null members are left out. */
  public Map<String, JsonNode> members() {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    for (String member : object().members().keySet()) {
      get(member).ifPresent(node -> members.put(member, node));
    }
    return members;
  }

  /** The elements of the array. */
  public List<JsonNode> elements() {
    if (!(value instanceof JsonArray(List<JsonValue> elements))) {
      throw refuse("is not a list");
    }
    List<JsonNode> nodes = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      nodes.add(new JsonNode(document, Optional.of(this), "", i, elements.get(i)));
    }
    return nodes;
  }

  /** What {@code reader} makes of the elements of the member {@code name}; none if absent. */
  public <T> List<T> list(String name, Function<JsonNode, T> reader) {
    Optional<JsonNode> member = get(name);
    if (member.isEmpty()) {
      return List.of();
    }
    List<JsonNode> nodes = member.get().elements();
    List<T> read = new ArrayList<>(nodes.size());
    for (JsonNode node : nodes) {
      read.add(reader.apply(node));
    }
    return read;
  }

  /** What {@code reader} makes of the members of the member {@code name}; none if absent. */
  public <T> Map<String, T> map(String name, Function<JsonNode, T> reader) {
    Optional<JsonNode> member = get(name);
    if (member.isEmpty()) {
      return Map.of();
    }
    Map<String, T> read = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : member.get().members().entrySet()) {
      problemOf(entry.getKey())
          .ifPresent(problem -> {
            throw new InvalidDocumentException(
                document, entry.getValue().path(), "the name " + problem);
          });
      read.put(entry.getKey(), reader.apply(entry.getValue()));
    }
    return read;
  }

  /** Strings of the member {@code name}; none if absent. */
  public List<String> texts(String name) {
    return list(name, JsonNode::text);
  }

  /** An object of strings in the member {@code name}; empty if absent. */
  public Map<String, String> textMap(String name) {
    return map(name, JsonNode::text);
  }

  // Scalars

  /** A string that the kernel can take: no NUL, and nothing that UTF-8 cannot express. */
  public String text() {
    if (!(value instanceof JsonString(String text))) {
      throw refuse("is not a string");
    }
    problemOf(text)
        .ifPresent(problem -> {
          throw refuse(problem);
        });
    return text;
  }

  private static Optional<String> problemOf(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return Optional.of("has a NUL character");
      }
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return Optional.of("has half a surrogate pair");
        }
        i++;
      }
    }
    return Optional.empty();
  }

  /** Whether this is the empty string, which OCI documents use for absence. */
  public boolean isEmptyText() {
    return value instanceof JsonString(String text) && text.isEmpty();
  }

  /** The string {@code name}; an empty one counts as absent. */
  public Optional<String> text(String name) {
    return get(name).map(JsonNode::text).filter(text -> !text.isEmpty());
  }

  /** A string that must not be empty. */
  public String nonEmptyText() {
    String text = text();
    if (text.isEmpty()) {
      throw new InvalidDocumentException(document, path(), "is empty");
    }
    return text;
  }

  /** An absolute path. */
  public String absolutePath() {
    String text = nonEmptyText();
    if (!text.startsWith("/")) {
      throw refuse("is not an absolute path");
    }
    return text;
  }

  /** A boolean. */
  public boolean flag() {
    if (!(value instanceof JsonBoolean flag)) {
      throw refuse("is not a boolean");
    }
    return flag.value();
  }

  /** The boolean {@code name}, {@code false} if absent. */
  public boolean flag(String name) {
    return get(name).map(JsonNode::flag).orElse(false);
  }

  /** The boolean {@code name}, if it is there. */
  public Optional<Boolean> optionalFlag(String name) {
    return get(name).map(JsonNode::flag);
  }

  /** An integer from {@code min} to {@code max}. */
  public long integer(long min, long max) {
    if (!(value instanceof JsonNumber(String literal))) {
      throw refuse("is not a number");
    }
    try {
      long number = Long.parseLong(literal);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      if (literal.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E')) {
        throw refuse("is not a whole number");
      }
    }
    throw refuse("is out of range (" + min + " to " + max + ")");
  }

  /** A signed 32-bit integer. */
  public int int32() {
    return (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** A signed 64-bit integer. */
  public long int64() {
    return integer(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** An unsigned 32-bit integer. */
  public long uint32() {
    return integer(0, MAX_UINT32);
  }

  /** An unsigned 64-bit integer, in the 64 bits of a long. */
  public long uint64() {
    if (value instanceof JsonNumber(String literal)) {
      try {
        return Long.parseUnsignedLong(literal);
      } catch (NumberFormatException e) {
        String range = "is out of range (0 to " + Long.toUnsignedString(-1) + ")";
        boolean whole = literal.chars().allMatch(c -> c == '-' || Character.isDigit(c));
        throw refuse(whole ? range : "is not a whole number");
      }
    }
    throw refuse("is not a number");
  }

  /** The integer {@code name} from {@code min} to {@code max}, if it is there. */
  public OptionalInt integer(String name, int min, int max) {
    Optional<JsonNode> member = get(name);
    return member.isPresent()
        ? OptionalInt.of((int) member.get().integer(min, max))
        : OptionalInt.empty();
  }

  /** The signed integer {@code name}, if it is there. */
  public OptionalLong int64(String name) {
    Optional<JsonNode> member = get(name);
    return member.isPresent() ? OptionalLong.of(member.get().int64()) : OptionalLong.empty();
  }

  /** The unsigned 32-bit integer {@code name}, if it is there. */
  public OptionalLong uint32(String name) {
    Optional<JsonNode> member = get(name);
    return member.isPresent() ? OptionalLong.of(member.get().uint32()) : OptionalLong.empty();
  }

  /** The unsigned 64-bit integer {@code name}, if it is there. */
  public OptionalLong uint64(String name) {
    Optional<JsonNode> member = get(name);
    return member.isPresent() ? OptionalLong.of(member.get().uint64()) : OptionalLong.empty();
  }

  // Errors

  /** An error about this value: it is shown, shortened, before {@code problem}. */
  public InvalidDocumentException refuse(String problem) {
    return new InvalidDocumentException(document, path(), describe() + " " + problem);
  }

  private String describe() {
    return switch (value) {
      case JsonObject _ -> "an object";
      case JsonArray _ -> "a list";
      case JsonString(String text) -> shorten(text);
      case JsonNumber(String literal) ->
          literal.length() <= SHOWN ? literal : literal.substring(0, SHOWN) + "…";
      case JsonBoolean flag -> Boolean.toString(flag.value());
      case JsonNull _ -> "null";
    };
  }

  /** {@code text} in quotes on one line, cut off where it is long. */
  static String shorten(String text) {
    return text.length() <= SHOWN
        ? JsonWriter.quote(text)
        : JsonWriter.quote(text.substring(0, SHOWN)) + "…";
  }

  private JsonObject object() {
    if (!(value instanceof JsonObject object)) {
      throw refuse("is not an object");
    }
    return object;
  }
}
