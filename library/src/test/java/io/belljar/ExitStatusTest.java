package io.belljar;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.linux.Signal;
import org.junit.jupiter.api.Test;

class ExitStatusTest {
  @Test
  void saysNothingOfAnOrdinaryEnd() {
    assertThat(new ExitStatus(0, 0).reason()).isEmpty();
    assertThat(new ExitStatus(7, 0).reason()).isEmpty();
    assertThat(new ExitStatus(128, 0).signal()).isEmpty();
  }

  @Test
  void namesTheSignal() {
    assertThat(new ExitStatus(139, 0).reason()).contains("ended by SIGSEGV");
    assertThat(new ExitStatus(143, 0).signal()).contains(Signal.TERM);
  }

  @Test
  void knowsTheMemoryLimit() {
    assertThat(new ExitStatus(137, 1).reason()).contains("killed by its memory limit");
    assertThat(new ExitStatus(1, 1).reason())
        .contains("a process in it was killed by the memory limit");
    assertThat(new ExitStatus(1, 3).reason())
        .contains("3 processes in it were killed by the memory limit");
    assertThat(new ExitStatus(0, 3).reason()).isEmpty();
  }
}
