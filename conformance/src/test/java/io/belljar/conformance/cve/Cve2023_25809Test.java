package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Machine;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The host's cgroups can't be written to by a container without a cgroup namespace
 * (CVE-2023-25809).
 */
class Cve2023_25809Test extends OciTest {
  @Test
  void writingBelowTheCgroupMountIsRefused() {
    Bundle bundle =
        bundle("for d in /sys/fs/cgroup /sys/fs/cgroup/*; do mkdir $d/escape; done; exit 0")
            .withoutNamespace("cgroup");
    bundle.mount(
        "cgroup", "cgroup", "/sys/fs/cgroup", "nosuid", "noexec", "nodev", "relatime", "ro");
    for (String set : List.of("bounding", "permitted", "effective")) {
      bundle.add("process.capabilities." + set, "CAP_DAC_OVERRIDE");
    }
    Ran ran = run(bundle).succeeds();
    assertThat(ran.error().strip().lines()).isNotEmpty();
    assertThat(ran.error()).containsAnyOf("Read-only file system", "Permission denied");
    assertThat(Machine.groupsNamed("/escape")).isEmpty();
  }

  @Test
  void aSysfsOfTheHostIsReadOnly() {
    assertThat(run(bundle("echo 1 > /sys/kernel/mm/ksm/run")).error())
        .containsAnyOf("Read-only file system", "nonexistent", "Permission denied");
  }
}
