package io.belljar.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KernelVersionTest {
  @Test
  void readsReleasesOfDistributions() {
    assertEquals(new KernelVersion(6, 1), KernelVersion.parse("6.1.0-18-amd64"));
    assertEquals(new KernelVersion(6, 18), KernelVersion.parse("6.18.0+"));
    assertEquals(new KernelVersion(4, 8), KernelVersion.parse("4.8"));
  }

  @Test
  void ordersByNumberNotByText() {
    assertTrue(new KernelVersion(6, 9).compareTo(new KernelVersion(6, 18)) < 0);
    assertTrue(new KernelVersion(10, 0).compareTo(new KernelVersion(6, 18)) > 0);
  }

  @Test
  void refusesWhatIsNoRelease() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> KernelVersion.parse("linux"));
    assertEquals("not a kernel release: linux", refused.getMessage());
  }
}
