package io.belljar.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastTextTest {
  private final List<String> parsed = new ArrayList<>();
  private final LastText<String> last =
      new LastText<>(text -> {
        parsed.add(text);
        return "what " + text + " says";
      });

  @Test
  void parsesTheSameTextOnce() {
    parsed.clear();
    assertThat(last.parse("a")).isEqualTo("what a says");
    assertThat(last.parse(new String("a".toCharArray()))).isSameAs(last.parse("a"));
    assertThat(parsed).as("texts that were parsed").containsExactly("a");
  }

  @Test
  void parsesAnotherTextAnew() {
    parsed.clear();
    assertThat(List.of(last.parse("a"), last.parse("b"), last.parse("a")))
        .containsExactly("what a says", "what b says", "what a says");
    assertThat(parsed).as("texts that were parsed").containsExactly("a", "b", "a");
  }

  @Test
  void doesNotKeepLongTexts() {
    String longText = "x".repeat((64 << 10) + 1);
    last.parse(longText);
    parsed.clear();
    last.parse(longText);
    assertThat(parsed).as("texts that were parsed again").containsExactly(longText);
  }
}
