package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.OciTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A label, or anything else, is written only to what is procfs: a volume over /proc must not take
 * it (CVE-2019-16884).
 */
class Cve2019_16884Test extends OciTest {
  @Test
  void aVolumeOverProcTakesNoWritesOfTheRuntime() throws Exception {
    Path decoy = Files.createDirectories(directory().resolve("decoy/self/attr"));
    for (String file : List.of("exec", "fscreate", "keycreate", "current")) {
      Files.createFile(decoy.resolve(file));
    }
    Files.writeString(decoy.resolveSibling("oom_score_adj"), "");
    Bundle bundle = bundle("exit 0").set("process.selinuxLabel", "system_u:system_r:x:s0");
    bundle.set("process.apparmorProfile", "nobody");
    bundle.mount("bind", directory().resolve("decoy").toString(), "/proc", "bind", "rw");
    run(bundle).isRefused();
    for (String file : List.of("exec", "fscreate", "keycreate", "current")) {
      assertThat(decoy.resolve(file)).isEmptyFile();
    }
    assertNothingLeft();
  }

  @Test
  void aParameterIsNotWrittenToAVolumeOverProc() throws Exception {
    Path decoy = Files.createDirectories(directory().resolve("decoy/sys/net/ipv4"));
    Files.createFile(decoy.resolve("ip_forward"));
    Bundle bundle = bundle("exit 0").set("linux.sysctl", Map.of("net.ipv4.ip_forward", "1"));
    bundle.mount("bind", directory().resolve("decoy").toString(), "/proc", "bind", "rw");
    run(bundle);
    assertThat(decoy.resolve("ip_forward")).isEmptyFile();
    assertNothingLeft();
  }
}
