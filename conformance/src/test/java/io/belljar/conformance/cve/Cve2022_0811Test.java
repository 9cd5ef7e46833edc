package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Oci;
import io.belljar.conformance.OciTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A kernel parameter can't be smuggled in the value or name of another, nor a property of a unit in
 * an annotation (CVE-2022-0811, CVE-2024-3154, CVE-2023-6476).
 */
class Cve2022_0811Test extends OciTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kernel.shm_rmid_forced=1+kernel.core_pattern",
        "kernel.shm_rmid_forced+kernel.core_pattern",
        "net.ipv4.ip_forward/../../../kernel/core_pattern",
        "net/../kernel/core_pattern",
        "net.ipv4..ip_forward",
        "kernel.core_pattern",
      })
  void aNameThatIsNotOfANamespaceIsRefused(String name) throws Exception {
    Path pattern = Path.of("/proc/sys/kernel/core_pattern");
    String before = Files.readString(pattern);
    Bundle bundle = bundle("exit 0").set("linux.sysctl", Map.of(name, "|/tmp/evil"));
    run(bundle).isRefused("sysctl");
    assertThat(Files.readString(pattern)).isEqualTo(before);
    assertNothingLeft();
  }

  @Test
  void aValueIsWrittenToItsParameterOnly() throws Exception {
    Path pattern = Path.of("/proc/sys/kernel/core_pattern");
    String before = Files.readString(pattern);
    Bundle bundle =
        bundle("exit 0")
            .set("linux.sysctl", Map.of("kernel.shm_rmid_forced", "1+kernel.core_pattern=|/evil"));
    run(bundle).isRefused();
    assertThat(Files.readString(pattern)).isEqualTo(before);
    assertNothingLeft();
  }

  @Test
  void anAnnotationThatIsAPropertyOfAUnitIsRefused() {
    assumeTrue(Oci.isBelljar(), "runc knows only some of them");
    Bundle bundle =
        bundle("exit 0")
            .set("annotations", Map.of("org.systemd.property.ExecStartPost", "['/bin/evil']"));
    run(bundle).isRefused("org.systemd.property.ExecStartPost");
    assertNothingLeft();
  }
}
