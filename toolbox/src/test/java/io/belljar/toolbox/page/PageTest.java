package io.belljar.toolbox.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.linux.text.TerminalText;
import io.belljar.toolbox.page.Page.Colour;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final TerminalText ASCII = new TerminalText(false);

  @Test
  void wrapsInTheColumnOfTheText() {
    Page page = new Page(61, false, ASCII);
    page.row(2, "word", 10, "one ".repeat(15).strip(), Colour.RED);
    assertThat(page.text())
        .isEqualTo(
            """
              word      one one one one one one one one one one one one
                        one one one
            """);
  }

  @Test
  void usesColoursOnlyWhereTheyAreShown() {
    assertThat(new Page(0, true, ASCII).line("bad", Colour.RED).text())
        .isEqualTo("\u001b[31;1mbad\u001b[0m\n");
    assertThat(new Page(0, false, ASCII).line("bad", Colour.RED).text()).isEqualTo("bad\n");
  }

  @Test
  void letsNothingOfAProcessMoveTheCursor() {
    assertThat(new Page(0, false, ASCII).line("a\u001b[2Jb\nc", Colour.PLAIN).text())
        .isEqualTo("a\\x1b[2Jb\\x0ac\n");
  }

  @Test
  void showsWhatWouldTurnTheDirectionOfWritingRound() {
    Page page = new Page(0, false, new TerminalText(true));
    assertThat(page.row(0, "caf\u00e9", 6, "a\u202eb", Colour.PLAIN).text())
        .isEqualTo("caf\u00e9  a\\xe2\\x80\\xaeb\n");
  }
}
