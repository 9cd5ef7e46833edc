package io.belljar.linux.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTextTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00,
        0x07,
        0x0A,
        0x1B,
        0x7F,
        0x85,
        0x9B, // control
        0xAD,
        0x61C,
        0x200B,
        0x200E,
        0x202E,
        0x2066,
        0x2069,
        0xFEFF,
        0xE0041, // format
        0x2028,
        0x2029, // lines
        0xD800,
        0xDBFF,
        0xDC00,
        0xDFFF, // halves of characters
        0x378,
        0x10FFFF // none at all
      })
  void escapesWhatATerminalActsUponOrDoesNotShow(int point) {
    String safe = TerminalText.printable("a" + Character.toString(point) + "b");
    assertThat(safe).matches("a(\\\\x[0-9a-f]{2}){1,4}b");
    assertThat(TerminalText.printable(safe)).as("escaped twice").isEqualTo(safe);
    assertThat(TerminalText.width(safe)).as("every escape takes cells").isEqualTo(safe.length());
  }

  @Test
  void writesTheBytesOfUtf8() {
    assertThat(TerminalText.printable("\u001b[2J")).isEqualTo("\\x1b[2J");
    assertThat(TerminalText.printable("\u202e")).isEqualTo("\\xe2\\x80\\xae");
    assertThat(TerminalText.printable("\ud800")).isEqualTo("\\xed\\xa0\\x80");
  }

  @Test
  void writesAByteThatIsNotUtf8AsItself() {
    assertThat(TerminalText.printable("a\udcffb")).isEqualTo("a\\xffb");
  }

  @Test
  void leavesOtherCharactersAsTheyAre() {
    assertThat(TerminalText.printable("\"Größe\": 日本 😀 \\x41"))
        .isEqualTo("\"Größe\": 日本 😀 \\x41");
  }

  @Test
  void showsOnlyAsciiWhereTheTerminalDoes() {
    assertThat(new TerminalText(false).safe("é\u001b")).isEqualTo("\\xc3\\xa9\\x1b");
  }

  @Test
  void escapesABackslashBeforeAnXOnlyInCellsAsUtilLinuxDoes() {
    var terminal = new TerminalText(true);
    assertThat(terminal.safeCell("\\x41\n", true)).isEqualTo("\\x5cx41\n");
    assertThat(terminal.safeCell("\\x41\n", false)).isEqualTo("\\x5cx41\\x0a");
  }

  @Test
  void keepsLinesThatAreOurs() {
    assertThat(TerminalText.printableLines("a\nb\rc\u202e\n"))
        .isEqualTo("a\nb\\x0dc\\xe2\\x80\\xae\n");
  }

  @Test
  void jsonSaysTheSame() {
    assertThat(
            TerminalText.printableJson("{\n  \"é\": \"\u007f\u0085\u202e\udb40\udc41\udc80\"\n}\n"))
        .isEqualTo("{\n  \"é\": \"\\u007f\\u0085\\u202e\\udb40\\udc41\\udc80\"\n}\n");
  }
}
