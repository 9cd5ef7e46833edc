package io.belljar.spec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonReaderTest {
  private static JsonValue read(String text) {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8), "a.json");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidDocumentException.class)
        .hasMessage(message);
  }

  @Test
  void readsEveryKindOfValue() {
    assertThat(read("{\"a\":[1,-2.5e3,\"x\\u00e9\\n\",true,false,null,{}]}"))
        .isEqualTo(
            new JsonObject(
                Map.of(
                    "a",
                    new JsonArray(
                        List.of(
                            new JsonNumber("1"),
                            new JsonNumber("-2.5e3"),
                            new JsonString("x\u00e9\n"),
                            JsonBoolean.TRUE,
                            JsonBoolean.FALSE,
                            JsonNull.NULL,
                            JsonObject.EMPTY)))));
  }

  @Test
  void keepsTheOrderOfMembers() {
    JsonObject object = (JsonObject) read("{\"z\":1,\"a\":2,\"m\":3}");
    assertThat(object.members().keySet()).containsExactly("z", "a", "m");
  }

  @Test
  void keepsNumbersThatNoJavaNumberHolds() {
    assertThat(read("18446744073709551615")).isEqualTo(new JsonNumber("18446744073709551615"));
  }

  @Test
  void refusesAnEmptyDocument() {
    assertRefused("", "a.json: is empty");
    assertRefused(" \n ", "a.json: is empty");
  }

  @Test
  void refusesATruncatedDocumentWithLineAndColumn() {
    assertRefused(
        "{\n  \"a\": [1, 2",
        "a.json: line 2, column 13: the document ends here, but is not complete");
    assertRefused(
        "{\"a\": \"b", "a.json: line 1, column 9: the document ends here, but is not complete");
  }

  @Test
  void refusesARepeatedProperty() {
    assertRefused(
        "{\"a\": 1,\n \"b\": 2, \"a\": 3}",
        "a.json: line 2, column 10: the property \"a\" is repeated");
  }

  @Test
  void refusesWhatFollowsTheDocument() {
    assertRefused("{} {}", "a.json: line 1, column 4: there is more after the end of the document");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'a': 1}         | line 1, column 2
          {"a": 1,}        | line 1, column 9
          [1,]             | line 1, column 4
          [01]             | line 1, column 3
          [NaN]            | line 1, column 5
          // x             | line 1, column 1
          {a: 1}           | line 1, column 2
          "a\\qb"          | line 1, column 4
          [tru]            | line 1, column 2
          """)
  void refusesWhatIsNotJsonWithLineAndColumn(String text, String where) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidDocumentException.class)
        .message()
        .startsWith("a.json: " + where + ": ")
        .hasLineCount(1)
        .doesNotContain("Source:");
  }

  @Test
  void refusesInvalidUtf8() {
    byte[] latin1 = "{\"a\": \"\u00e9x\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> JsonReader.read(latin1, "a.json"))
        .isInstanceOf(InvalidDocumentException.class)
        .message()
        .startsWith("a.json: line 1, column ")
        .contains("UTF-8")
        .hasLineCount(1);
  }

  @Test
  void refusesOtherEncodings() {
    String message = "a.json: line 1, column 1: is not UTF-8 without a byte order mark";
    for (var encoding :
        List.of(
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16BE,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_32)) {
      assertThatThrownBy(() -> JsonReader.read("{}".getBytes(encoding), "a.json"))
          .hasMessage(message);
    }
    assertThatThrownBy(() -> read("\ufeff{}")).hasMessage(message);
  }

  @Test
  void boundsTheDepth() {
    assertThat(read("[".repeat(128) + "]".repeat(128))).isInstanceOf(JsonArray.class);
    assertRefused(
        "[".repeat(129) + "]".repeat(129),
        "a.json: line 1, column 129: is nested more than 128 levels deep");
    assertRefused(
        "{\"a\":".repeat(1_000_000),
        "a.json: line 1, column 641: is nested more than 128 levels deep");
  }

  @Test
  void boundsTheNumberOfValues() {
    assertThatThrownBy(() -> read("[" + "0,".repeat(JsonReader.MAX_VALUES) + "0]"))
        .hasMessage("a.json: has more than 500000 values");
  }

  @Test
  void boundsTheSize() {
    assertThatThrownBy(() -> JsonReader.read(new byte[JsonReader.MAX_BYTES + 1], "a.json"))
        .hasMessage("a.json: is larger than 16 MiB");
  }

  @Test
  void boundsTheLengthOfANumber() {
    assertThatThrownBy(() -> read("[" + "1".repeat(100_000) + "]"))
        .isInstanceOf(InvalidDocumentException.class)
        .message()
        .endsWith("Number value length (100000) exceeds the maximum allowed (1000)");
  }

  @Test
  void takesALongString() {
    String text = "x".repeat(1 << 20);
    assertThat(read("\"" + text + "\"")).isEqualTo(new JsonString(text));
  }

  @Test
  void readsAFile(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("config.json"), "{\"a\": 1}");
    assertThat(JsonReader.readFile(file, "config.json").require("a").int32()).isEqualTo(1);
  }

  @Test
  void refusesAFileThatIsNotThere(@TempDir Path directory) {
    Path file = directory.resolve("config.json");
    assertThatThrownBy(() -> JsonReader.readFile(file, "config.json"))
        .hasMessage("config.json: " + file + " does not exist");
  }

  @Test
  void refusesADirectoryWithoutReadingIt(@TempDir Path directory) {
    assertThatThrownBy(() -> JsonReader.readFile(directory, "config.json"))
        .hasMessage("config.json: " + directory + " is not a regular file");
  }

  @Test
  void refusesADeviceInsteadOfReadingItForEver() {
    assertThatThrownBy(() -> JsonReader.readFile(Path.of("/dev/zero"), "config.json"))
        .hasMessage("config.json: /dev/zero is not a regular file");
  }

  @Test
  void neverReadsMoreOfAFileThanItsBound(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("config.json");
    try (var sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    assertThatThrownBy(() -> JsonReader.readFile(file, "config.json"))
        .hasMessage("config.json: is larger than 16 MiB");
  }
}
