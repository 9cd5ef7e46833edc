package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** /dev/null of the root must be the device before it is used as a mask (CVE-2025-31133). */
class Cve2025_31133Test extends OciTest {
  @Test
  void aLinkInItsPlaceMasksNothingWithItsTarget() throws Exception {
    Bundle bundle = bundle("cat /secret").writable();
    Files.writeString(bundle.root().resolve("secret"), "secret\n");
    Files.writeString(bundle.root().resolve("decoy"), "decoy\n");
    Files.createSymbolicLink(bundle.root().resolve("dev/null"), Path.of("/decoy"));
    bundle.remove("mounts").set("mounts", new ArrayList<>());
    bundle.mount("proc", "proc", "/proc");
    bundle.set("linux.maskedPaths", List.of("/secret")).set("linux.readonlyPaths", List.of());
    Ran ran = run(bundle);
    // Refused, or masked by the device all the same; never the decoy.
    assertThat(ran.output()).isEmpty();
    assertThat(Files.readString(bundle.root().resolve("decoy"))).isEqualTo("decoy\n");
  }

  @Test
  void aSwapOfItWhileContainersStartNeverUncoversAPath() throws Exception {
    Path dev = Files.createDirectory(directory().resolve("dev"));
    Bundle bundle = bundle("cat /secret; cat /proc/sysrq-trigger").writable();
    Files.writeString(bundle.root().resolve("secret"), "secret\n");
    bundle.mount("bind", dev.toString(), "/dev", "bind", "rw");
    bundle.set("linux.maskedPaths", List.of("/secret"));
    try (Command.Running _ =
        Command.shell(
                "cd "
                    + dev
                    + "; while :; do ln -sf /proc/self/fd null; rm -f null; done 2>/dev/null")
            .start()) {
      for (int i = 0; i < 20; i++) {
        assertThat(run(bundle).output()).doesNotContain("secret");
      }
    }
    assertNothingLeft();
  }
}
