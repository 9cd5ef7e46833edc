package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writes to procfs are not redirected by mounts over it (CVE-2025-52881). */
class Cve2025_52881Test extends OciTest {
  @Test
  void aParameterNeverReachesAFileThatIsMountedOverIt() throws Exception {
    Path decoy = Files.createFile(directory().resolve("decoy"));
    Bundle bundle = bundle("exit 0").set("linux.sysctl", Map.of("net.ipv4.ip_forward", "1"));
    bundle.mount("bind", decoy.toString(), "/proc/sys/net/ipv4/ip_forward", "bind", "rw");
    run(bundle);
    assertThat(decoy).isEmptyFile();
    assertNothingLeft();
  }

  @Test
  void aTmpfsOverProcTakesNothing() {
    Bundle bundle =
        bundle("find /proc -type f; ls -A /proc | wc -l")
            .set("linux.sysctl", Map.of("net.ipv4.ip_forward", "1"))
            .set("process.oomScoreAdj", 500)
            .mount("tmpfs", "tmpfs", "/proc");
    Ran ran = run(bundle);
    assertThat(ran.output()).doesNotContain("ip_forward").doesNotContain("oom_score_adj");
    assertNothingLeft();
  }

  @Test
  void aSwapInASharedVolumeNeverAimsAWriteElsewhere() throws Exception {
    Path volume = Files.createDirectory(directory().resolve("volume"));
    Path outside = Files.createFile(directory().resolve("outside"));
    Bundle bundle = bundle("exit 0").writable();
    bundle.set("linux.sysctl", Map.of("net.ipv4.ip_forward", "1"));
    bundle.mount("bind", volume.toString(), "/volume", "bind", "rw");
    bundle.mount("proc", "proc", "/volume/proc");
    try (Command.Running _ =
        Command.shell(
                "cd "
                    + volume
                    + "; while :; do mkdir proc; rmdir proc; ln -s "
                    + outside
                    + " proc; rm -f proc; done 2>/dev/null")
            .start()) {
      for (int i = 0; i < 20; i++) {
        run(bundle);
      }
    }
    assertThat(outside).isEmptyFile();
    assertNothingLeft();
  }
}
