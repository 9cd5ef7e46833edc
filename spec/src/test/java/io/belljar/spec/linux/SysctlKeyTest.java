package io.belljar.spec.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SysctlKeyTest {
  @ParameterizedTest
  @CsvSource({
    "net.ipv4.ip_forward, net/ipv4/ip_forward, net.ipv4.ip_forward",
    "net/ipv4/ip_forward, net/ipv4/ip_forward, net.ipv4.ip_forward",
    "net/ipv4/conf/eno2.100/rp_filter, net/ipv4/conf/eno2.100/rp_filter,"
        + " net.ipv4.conf.eno2/100.rp_filter",
    "net.ipv4.conf.eno2/100.rp_filter, net/ipv4/conf/eno2.100/rp_filter,"
        + " net.ipv4.conf.eno2/100.rp_filter",
  })
  void readsBothSeparators(String key, String path, String dotted) {
    assertThat(SysctlKey.parse(key))
        .hasValueSatisfying(parsed -> {
          assertThat(parsed.path()).isEqualTo(path);
          assertThat(parsed.dotted()).isEqualTo(dotted);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "net",
        ".",
        "net.",
        ".net.a",
        "net..a",
        "/net/a",
        "net/../kernel/core_pattern",
        "net.a.//.kernel",
        "net.a+kernel.core_pattern",
        "kernel.shm_rmid_forced=1",
        "net.a b",
        "net.a\n",
        "net.é"
      })
  void refusesWhatIsNotTheNameOfAParameter(String key) {
    assertThat(SysctlKey.parse(key)).isEmpty();
  }

  @Test
  void neverLeavesTheDirectoryOfParameters() {
    assertThat(SysctlKey.parse("net/./a")).isEmpty();
    assertThat(SysctlKey.parse("net.ipv4.//")).isEmpty();
  }
}
