package io.belljar.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageTextTest {
  private static final Page PAGE =
      Page.parse(
          """
          # Jars: what they are

          A `jar` is **glass**,
          and round.

          - one
            more
          - two

          ```console user
          $ jar --open
          open

          # jar
          ```
          """);

  @Test
  void aPageIsPlainTextOnAPipe() {
    assertThat(new PageText(false).of(PAGE))
        .isEqualTo(
            """
            JARS: WHAT THEY ARE

            A jar is glass,
            and round.

            - one
              more
            - two

                $ jar --open
                open

                # jar
            """);
  }

  @Test
  void aTerminalGetsHeadingsAndCommandsInBoldAndOutputFaint() {
    assertThat(new PageText(true).of(PAGE))
        .contains("\u001b[1mJARS: WHAT THEY ARE\u001b[0m\n")
        .contains("A \u001b[1mjar\u001b[0m is \u001b[1mglass\u001b[0m,\n")
        .contains("    \u001b[1m$ jar --open\u001b[0m\n    \u001b[2mopen\u001b[0m\n");
  }
}
