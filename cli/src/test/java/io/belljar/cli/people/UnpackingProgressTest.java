package io.belljar.cli.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.planner.Terminals;
import org.junit.jupiter.api.Test;

class UnpackingProgressTest {
  @Test
  void showsProgressOnATerminalOnly() {
    FakeCaller log = FakeCaller.of();
    UnpackingProgress.of(log).unpacked(1, 2, "x");
    assertThat(log.error()).isEmpty();
    FakeCaller terminal = new FakeCaller(new Terminals(true, true, true, 24, 80));
    UnpackingProgress quick = UnpackingProgress.of(terminal);
    quick.unpacked(1, 2, "x");
    quick.end();
    assertThat(terminal.error()).as("nothing within the first second").isEmpty();
  }
}
