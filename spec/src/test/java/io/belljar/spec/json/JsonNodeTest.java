package io.belljar.spec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class JsonNodeTest {
  private enum Colour implements Vocabulary.Word {
    RED,
    GREEN
  }

  private static final Vocabulary<Colour> COLOURS = new Vocabulary<>(Colour.class, "a colour");

  private static JsonNode node(String text) {
    return JsonReader.readNode(text.getBytes(StandardCharsets.UTF_8), "a.json");
  }

  private static void assertRefused(String text, Consumer<JsonNode> access, String message) {
    assertThatThrownBy(() -> access.accept(node(text)))
        .isInstanceOf(InvalidDocumentException.class)
        .hasMessage(message);
  }

  @Test
  void namesThePathOfAValue() {
    JsonNode root = node("{\"linux\": {\"namespaces\": [{}, {\"type\": 7}]}}");
    JsonNode type = root.require("linux").require("namespaces").elements().get(1).require("type");
    assertThat(type.path()).isEqualTo("linux.namespaces[1].type");
    assertThat(root.path()).isEmpty();
  }

  @Test
  void quotesNamesThatWouldReadAmbiguously() {
    JsonNode root = node("{\"annotations\": {\"a.b\": 1, \"\": 2, \"x\\ny\": 3}}");
    assertThat(root.require("annotations").members().values())
        .extracting(JsonNode::path)
        .containsExactly("annotations[\"a.b\"]", "annotations[\"\"]", "annotations[\"x\\ny\"]");
  }

  @Test
  void keepsTheFieldsOfAnError() {
    assertThatThrownBy(() -> node("{\"a\": 1}").require("a").text())
        .isInstanceOfSatisfying(
            InvalidDocumentException.class,
            e -> {
              assertThat(e.document()).isEqualTo("a.json");
              assertThat(e.path()).isEqualTo("a");
              assertThat(e.problem()).isEqualTo("1 is not a string");
            });
  }

  @Test
  void countsNullAsAbsent() {
    JsonNode root = node("{\"a\": null}");
    assertThat(root.get("a")).isEmpty();
    assertThat(root.flag("a")).isFalse();
    assertThat(root.text("a")).isEmpty();
    assertThat(root.int64("a")).isEmpty();
    assertThat(root.texts("a")).isEmpty();
    assertThat(root.textMap("a")).isEmpty();
    assertThat(root.members()).isEmpty();
    assertRefused("{\"a\": null}", n -> n.require("a"), "a.json: a: is required, but missing");
  }

  @Test
  void saysWhatIsMissing() {
    assertRefused(
        "{\"a\": [{}]}",
        n -> n.list("a", element -> element.require("b")),
        "a.json: a[0].b: is required, but missing");
  }

  @Test
  void refusesOtherTypes() {
    assertRefused("[]", n -> n.get("a"), "a.json: a list is not an object");
    assertRefused("{\"a\": {}}", n -> n.texts("a"), "a.json: a: an object is not a list");
    assertRefused("{\"a\": [1]}", n -> n.texts("a"), "a.json: a[0]: 1 is not a string");
    assertRefused("{\"a\": [null]}", n -> n.texts("a"), "a.json: a[0]: null is not a string");
    assertRefused("{\"a\": \"yes\"}", n -> n.flag("a"), "a.json: a: \"yes\" is not a boolean");
    assertRefused("{\"a\": true}", n -> n.text("a"), "a.json: a: true is not a string");
    assertRefused("{\"a\": \"1\"}", n -> n.int64("a"), "a.json: a: \"1\" is not a number");
    assertRefused("{\"a\": \"1\"}", n -> n.uint64("a"), "a.json: a: \"1\" is not a number");
    assertRefused("{\"a\": {\"b\": 1}}", n -> n.textMap("a"), "a.json: a.b: 1 is not a string");
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertRefused(
        "{\"a\": 4294967296}",
        n -> n.uint32("a"),
        "a.json: a: 4294967296 is out of range (0 to 4294967295)");
    assertRefused(
        "{\"a\": -1}", n -> n.uint32("a"), "a.json: a: -1 is out of range (0 to 4294967295)");
    assertRefused(
        "{\"a\": 9223372036854775808}",
        n -> n.int64("a"),
        "a.json: a: 9223372036854775808 is out of range"
            + " (-9223372036854775808 to 9223372036854775807)");
    assertRefused(
        "{\"a\": 18446744073709551616}",
        n -> n.uint64("a"),
        "a.json: a: 18446744073709551616 is out of range (0 to 18446744073709551615)");
    assertRefused(
        "{\"a\": -1}",
        n -> n.uint64("a"),
        "a.json: a: -1 is out of range (0 to 18446744073709551615)");
    assertRefused(
        "{\"a\": 2147483648}",
        n -> n.require("a").int32(),
        "a.json: a: 2147483648 is out of range (-2147483648 to 2147483647)");
  }

  @Test
  void refusesFractionsAndExponents() {
    assertRefused("{\"a\": 1.0}", n -> n.int64("a"), "a.json: a: 1.0 is not a whole number");
    assertRefused("{\"a\": 1e3}", n -> n.uint64("a"), "a.json: a: 1e3 is not a whole number");
  }

  @Test
  void readsTheWholeUnsignedRange() {
    assertThat(node("{\"a\": 18446744073709551615}").uint64("a")).hasValue(-1L);
    assertThat(node("{\"a\": 4294967295}").uint32("a")).hasValue(4294967295L);
  }

  @Test
  void refusesNulCharacters() {
    assertRefused(
        "{\"a\": \"x\\u0000y\"}", n -> n.text("a"), "a.json: a: \"x\\u0000y\" has a NUL character");
    assertRefused(
        "{\"a\": {\"x\\u0000\": \"\"}}",
        n -> n.textMap("a"),
        "a.json: a[\"x\\u0000\"]: the name has a NUL character");
  }

  @Test
  void refusesHalfASurrogatePair() {
    for (String half : new String[] {"\\ud83d", "\\ude00", "\\ud83dx", "\\ude00\\ud83d"}) {
      assertThatThrownBy(() -> node("{\"a\": \"" + half + "\"}").text("a"))
          .message()
          .endsWith(" has half a surrogate pair");
    }
    assertThat(node("{\"a\": \"\\ud83d\\ude00\"}").text("a")).hasValue("\ud83d\ude00");
  }

  @Test
  void showsALongValueShortenedAndOnOneLine() {
    assertThatThrownBy(
            () -> node("{\"a\": \"" + "x\\n".repeat(1000) + "\"}").require("a").absolutePath())
        .message()
        .hasLineCount(1)
        .hasSizeLessThan(200)
        .endsWith("…" + " is not an absolute path");
  }

  @Test
  void distinguishesEmptyAndAbsolutePaths() {
    assertRefused("{\"a\": \"\"}", n -> n.require("a").absolutePath(), "a.json: a: is empty");
    assertRefused(
        "{\"a\": \"b/c\"}",
        n -> n.require("a").absolutePath(),
        "a.json: a: \"b/c\" is not an absolute path");
    assertThat(node("{\"a\": \"/b\"}").require("a").absolutePath()).isEqualTo("/b");
  }

  @Test
  void listsTheWordsOfAVocabularyWhenItRefusesOne() {
    assertThat(COLOURS.read(node("\"GREEN\""))).isEqualTo(Colour.GREEN);
    assertThatThrownBy(() -> COLOURS.read(node("\"BLUE\"")))
        .hasMessage("a.json: \"BLUE\" is not a colour (RED, GREEN)");
    assertThatThrownBy(() -> COLOURS.readSet(node("{\"c\": [\"RED\", \"red\"]}"), "c"))
        .hasMessage("a.json: c[1]: \"red\" is not a colour (RED, GREEN)");
  }

  @Test
  void dropsRepetitionsAndKeepsTheOrderOfASet() {
    assertThat(COLOURS.readSet(node("{\"c\": [\"GREEN\", \"RED\", \"GREEN\"]}"), "c"))
        .containsExactly(Colour.GREEN, Colour.RED);
  }
}
