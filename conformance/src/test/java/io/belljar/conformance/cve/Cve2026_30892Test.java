package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A number given to {@code exec -u} is that user, and what is no number is not root (CVE-2026-30892
 * of crun).
 */
class Cve2026_30892Test extends OciTest {
  private Ran exec(String user) {
    return oci("exec", "-u", user, id(), "sh", "-c", "id -u; id -g");
  }

  @Test
  void aUserWithoutAGroupHasGroup0AndTheNumberThatWasGiven() {
    start(bundle("exec sleep 1000"));
    assertThat(exec("1").succeeds().lines()).containsExactly("1", "0");
    assertThat(exec("1000:7").succeeds().lines()).containsExactly("1000", "7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "4294967296", "1:", ":1", "1x", "0x1", " 1", "1:2:3"})
  void whatIsNoUserIsRefused(String user) {
    start(bundle("exec sleep 1000"));
    assertThat(exec(user).isRefused().output()).isEmpty();
  }
}
