package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.OciTest;
import org.junit.jupiter.api.Test;

/**
 * Inheritable capabilities are empty unless they are asked for (CVE-2022-29162, and the same in
 * other engines: 24769, 27649, 27650).
 */
class Cve2022_29162Test extends OciTest {
  private static final String INHERITABLE = "grep -E '^Cap(Inh|Amb)' /proc/self/status | cut -f2";

  @Test
  void theyAreEmptyInRun() {
    assertThat(run(bundle(INHERITABLE)).succeeds().lines()).containsOnly("0000000000000000");
  }

  @Test
  void theyAreEmptyInExecWithAddedOnes() {
    start(bundle("exec sleep 1000"));
    assertThat(
            oci("exec", "--cap", "CAP_NET_ADMIN", id(), "sh", "-c", INHERITABLE).succeeds().lines())
        .containsOnly("0000000000000000");
  }
}
