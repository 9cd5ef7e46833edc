package io.belljar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorLineTest {
  @Test
  void writesControlCharactersAsEscapes() {
    String hostile = "a" + (char) 0x1b + "]0;x" + (char) 7 + "\tb" + (char) 0x7f;
    assertThat(ErrorLine.of("belljar", hostile)).isEqualTo("belljar: a\\x1b]0;x\\x07\\x09b\\x7f\n");
    assertThat(ErrorLine.of("belljar", "a" + (char) 0x9b + "2J" + (char) 0x2028))
        .isEqualTo("belljar: a\\u009b2J\\u2028\n");
  }

  @Test
  void writesCharactersAsEscapesThatTurnTheDirectionOfWritingRound() {
    String hostile = "a" + (char) 0x202e + "b" + Character.toString(0xe0041);
    assertThat(ErrorLine.printable(hostile)).isEqualTo("a\\u202eb\\U000e0041");
  }

  @Test
  void isOneLine() {
    assertThat(ErrorLine.of("belljar", "a\nbelljar: all is well\r\n"))
        .isEqualTo("belljar: a\\x0abelljar: all is well\n");
  }

  @Test
  void leavesOtherCharactersAsTheyAre() {
    assertThat(ErrorLine.of("belljar", "\"Größe\": 日本")).isEqualTo("belljar: \"Größe\": 日本\n");
  }
}
