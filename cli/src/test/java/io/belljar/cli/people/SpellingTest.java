package io.belljar.cli.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
  private static final List<String> WORDS = List.of("help", "inspect", "ps", "rm", "run", "top");

  @Test
  void twoNeighboursInTheWrongOrderAreOneSlip() {
    assertThat(Spelling.distance("hlep", "help")).isEqualTo(1);
    assertThat(Spelling.distance("", "ps")).isEqualTo(2);
    assertThat(Spelling.distance("kitten", "sitting")).isEqualTo(3);
  }

  @Test
  void onlyWhatIsNearIsMeant() {
    assertThat(Spelling.nearest("hlep", WORDS)).contains("help");
    assertThat(Spelling.nearest("inpsetc", WORDS)).contains("inspect");
    assertThat(Spelling.nearest("rn", WORDS)).contains("rm");
    assertThat(Spelling.nearest("dance", WORDS)).isEmpty();
    assertThat(Spelling.nearest("foo", WORDS)).isEmpty();
  }
}
