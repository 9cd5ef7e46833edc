package io.belljar.spec.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a JSON document (RFC 8259, UTF-8) into a tree, within bounds and strictly: one value and
 * nothing after it, no member twice, no extensions of JSON.
 *
 * <p>A document comes from whoever made the bundle, so its size, its depth and its number of values
 * are bounded: the tree never takes more than about a hundred megabytes.
 */
public final class JsonReader {
  /** The largest document that is read, in bytes. */
  public static final int MAX_BYTES = 16 << 20;

  /** How deep arrays and objects may be nested. */
  public static final int MAX_DEPTH = 128;

  /** How many values a document may have; a large configuration has some thousands. */
  public static final int MAX_VALUES = 500_000;

  // Names are not interned: they are the document's, and would stay in the JVM's table.
  private static final TokenStreamFactory JSON =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH + 1) // the reader has its own message
                  .maxStringLength(MAX_BYTES)
                  .maxNameLength(MAX_BYTES)
                  .maxNumberLength(1000)
                  .build())
          .build();

  private final JsonParser parser;
  private final String document;
  private int values;
  private int depth;

  private JsonReader(JsonParser parser, String document) {
    this.parser = parser;
    this.document = document;
  }

  /**
   * Reads a document.
   *
   * @param document what messages call it
   * @throws InvalidDocumentException with line and column, if it is not JSON or exceeds a bound
   */
  public static JsonValue read(byte[] content, String document) {
    if (content.length > MAX_BYTES) {
      throw new InvalidDocumentException(document, "", tooLarge());
    }
    requireUtf8(content, document);
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), content)) {
      return new JsonReader(parser, document).root();
    } catch (JacksonException e) {
      throw new InvalidDocumentException(document, "", syntax(e), e);
    }
  }

  /** Reads a document and gives its root for typed access. */
  public static JsonNode readNode(byte[] content, String document) {
    return JsonNode.root(read(content, document), document);
  }

  /**
   * Reads a regular file; never more of it than {@link #MAX_BYTES}.
   *
   * @throws InvalidDocumentException also if there is no such file, or it cannot be read
   */
  public static JsonNode readFile(Path file, String document) {
    return readNode(readContent(file, document), document);
  }

  /**
   * The bytes of a regular file that are to be a document.
   *
   * @throws InvalidDocumentException if there is no such file, or it cannot be read; one that is
   *     too large is refused when its bytes are read
   */
  public static byte[] readContent(Path file, String document) {
    // Whoever made the bundle could have put a FIFO there, and opening it would wait for ever.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new InvalidDocumentException(document, "", file + " is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new InvalidDocumentException(document, "", file + " does not exist", e);
    } catch (IOException e) {
      throw new InvalidDocumentException(document, "", "cannot read " + file + ": " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException
        ? "permission denied"
        : String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static String tooLarge() {
    return "is larger than " + (MAX_BYTES >> 20) + " MiB";
  }

  /** Refuses what the parser would otherwise detect as UTF-16, UTF-32 or a byte order mark. */
  private static void requireUtf8(byte[] content, String document) {
    boolean mark = content.length > 1 && (content[0] & 0xfe) == 0xfe;
    boolean mark8 = content.length > 1 && content[0] == (byte) 0xef && content[1] == (byte) 0xbb;
    boolean zero =
        content.length > 0 && (content[0] == 0 || (content.length > 1 && content[1] == 0));
    if (mark || mark8 || zero) {
      throw new InvalidDocumentException(
          document, "", "line 1, column 1: is not UTF-8 without a byte order mark");
    }
  }

  private JsonValue root() {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new InvalidDocumentException(document, "", "is empty");
    }
    JsonValue value = value(first);
    if (parser.nextToken() != null) {
      throw failure(parser.currentTokenLocation(), "there is more after the end of the document");
    }
    return value;
  }

  private JsonValue value(JsonToken token) {
    if (++values > MAX_VALUES) {
      throw new InvalidDocumentException(document, "", "has more than " + MAX_VALUES + " values");
    }
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> new JsonString(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getString());
      case VALUE_TRUE -> JsonBoolean.TRUE;
      case VALUE_FALSE -> JsonBoolean.FALSE;
      case VALUE_NULL -> JsonNull.NULL;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("the parser gave " + token + " for a value");
    };
  }

  private JsonObject object() {
    enter();
    Map<String, JsonValue> members = new LinkedHashMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      // Which of the two would count differs between readers, so neither does.
      if (members.containsKey(name)) {
        throw failure(
            parser.currentTokenLocation(),
            "the property " + JsonNode.shorten(name) + " is repeated");
      }
      members.put(name, value(parser.nextToken()));
    }
    depth--;
    return members.isEmpty() ? JsonObject.EMPTY : new JsonObject(members);
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw failure(
          parser.currentTokenLocation(), "is nested more than " + MAX_DEPTH + " levels deep");
    }
  }

  private JsonArray array() {
    enter();
    List<JsonValue> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(value(token));
    }
    depth--;
    return new JsonArray(elements);
  }

  private InvalidDocumentException failure(TokenStreamLocation at, String problem) {
    return new InvalidDocumentException(document, "", where(at) + problem);
  }

  private static String where(TokenStreamLocation at) {
    return "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
  }

  /** The parser's message on one line, without the positions it adds itself. */
  private static String syntax(JacksonException e) {
    String problem =
        e instanceof UnexpectedEndOfInputException
            ? "the document ends here, but is not complete"
            : e.getOriginalMessage()
                .replaceFirst(", from `[^`]*`", "")
                .lines()
                .findFirst()
                .orElse("is not JSON");
    return e.getLocation() == null ? problem : where(e.getLocation()) + problem;
  }
}
