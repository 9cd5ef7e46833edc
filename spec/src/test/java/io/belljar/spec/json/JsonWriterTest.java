package io.belljar.spec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  private static final JsonObject DOCUMENT =
      JsonObject.builder()
          .put("a", 1)
          .put("b", JsonArray.ofStrings(List.of("x", "y")))
          .put("c", JsonObject.EMPTY)
          .put("d", new JsonArray(List.of()))
          .put("e", JsonNull.NULL)
          .put("f", JsonObject.builder().put("g", true).build())
          .build();

  @Test
  void writesOneLine() {
    assertThat(JsonWriter.write(DOCUMENT, JsonWriter.Layout.COMPACT))
        .isEqualTo("{\"a\":1,\"b\":[\"x\",\"y\"],\"c\":{},\"d\":[],\"e\":null,\"f\":{\"g\":true}}");
  }

  @Test
  void indentsAsGoDoes() {
    assertThat(JsonWriter.write(DOCUMENT, JsonWriter.Layout.TWO_SPACES))
        .isEqualTo(
            """
            {
              "a": 1,
              "b": [
                "x",
                "y"
              ],
              "c": {},
              "d": [],
              "e": null,
              "f": {
                "g": true
              }
            }\
            """);
    assertThat(JsonWriter.write(DOCUMENT, JsonWriter.Layout.TABS)).contains("\n\t\t\"x\",\n");
    assertThat(JsonWriter.write(DOCUMENT, JsonWriter.Layout.FOUR_SPACES))
        .contains("\n        \"x\",\n");
  }

  @Test
  void escapesAsGoDoes() {
    assertThat(JsonWriter.quote("\"\\/\n\r\t\b\f\u0001\u001f\u007f<>&\u2028\u2029é😀"))
        .isEqualTo(
            "\"\\\"\\\\/\\n\\r\\t\\u0008\\u000c\\u0001\\u001f\u007f"
                + "\\u003c\\u003e\\u0026\\u2028\\u2029é😀\"");
  }

  @Test
  void replacesWhatUtf8CannotExpress() {
    assertThat(JsonWriter.quote("a\ud83db\ude00")).isEqualTo("\"a\\ufffdb\\ufffd\"");
  }

  @Test
  void writesUnsignedNumbers() {
    assertThat(JsonWriter.write(JsonNumber.ofUnsigned(-1), JsonWriter.Layout.COMPACT))
        .isEqualTo("18446744073709551615");
  }

  @Test
  void leavesAbsentMembersOut() {
    assertThat(
            JsonObject.builder()
                .putText("a", Optional.empty())
                .putNumber("b", OptionalLong.empty())
                .putIfTrue("c", false)
                .putStrings("d", List.of())
                .putUnlessEmpty("e", JsonObject.EMPTY)
                .putFlag("f", Optional.of(false))
                .build()
                .members())
        .containsExactly(java.util.Map.entry("f", JsonBoolean.FALSE));
  }

  @Test
  void refusesAMemberTwice() {
    JsonObject.Builder builder = JsonObject.builder().put("a", 1);
    assertThatThrownBy(() -> builder.put("a", 2)).hasMessage("member \"a\" is there already");
  }

  @Test
  void writesWhatTheReaderReads() {
    for (JsonWriter.Layout layout : JsonWriter.Layout.values()) {
      byte[] text = JsonWriter.writeBytes(DOCUMENT, layout);
      assertThat(JsonReader.read(text, "a.json")).isEqualTo(DOCUMENT);
    }
    String odd = "\u0000\u001f\"\\<é😀\u2028";
    assertThat(JsonReader.read(JsonWriter.quote(odd).getBytes(StandardCharsets.UTF_8), "a.json"))
        .isEqualTo(new JsonString(odd));
  }
}
