package io.belljar.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LauncherProofTest {
  @Test
  void namesFitIntoWhatTheKernelKeepsOfAName() {
    for (int pid = 1; pid < 1000; pid++) {
      assertThat(new LauncherProof(pid, -pid).name(pid)).matches("belljar[0-9A-Za-z_-]{8}");
    }
  }

  @Test
  void everyKeyAndEveryProcessHasItsOwnName() {
    Set<String> names = new HashSet<>();
    for (int bit = 0; bit < 64; bit++) {
      names.add(new LauncherProof(1L << bit, 0).name(1));
      names.add(new LauncherProof(0, 1L << bit).name(1));
    }
    names.add(new LauncherProof(1, 0).name(2));
    assertThat(names).hasSize(129);
  }
}
