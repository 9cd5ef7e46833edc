package io.belljar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorLineTest {
  @Test
  void writesWhatATerminalWouldActUponAsEscapes() {
    String hostile = "a" + (char) 0x1b + "]0;x" + (char) 7 + "\tb" + (char) 0x202e;
    assertThat(ErrorLine.of("belljar", hostile))
        .isEqualTo("belljar: a\\x1b]0;x\\x07\\x09b\\xe2\\x80\\xae\n");
  }

  @Test
  void isOneLine() {
    assertThat(ErrorLine.of("belljar", "a\nbelljar: all is well\r\n"))
        .isEqualTo("belljar: a\\x0abelljar: all is well\n");
  }
}
