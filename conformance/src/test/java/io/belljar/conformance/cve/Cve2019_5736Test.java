package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The runtime's own binary must not be writable from a container through /proc/self/exe
 * (CVE-2019-5736).
 */
class Cve2019_5736Test extends OciTest {
  private static String digest(Path file) {
    return Command.of("sha256sum", file.toString()).run().succeeds().text();
  }

  private static Path library() {
    return Oci.path().getParent().resolveSibling("lib/planner.args");
  }

  @Test
  void anEntryPointOfProcSelfExeDoesNotReachIt() throws Exception {
    String before = digest(Oci.path());
    Bundle bundle = bundle().runs("/proc/self/exe", "--version");
    // Whatever is executed, it is not the file on the host.
    run(bundle);
    assertThat(digest(Oci.path())).isEqualTo(before);
    assertNothingLeft();
  }

  @Test
  void overwritingWhatRunsDuringExecDoesNotReachIt() {
    assumeTrue(Oci.isBelljar(), "it looks at the files of its distribution");
    String launcher = digest(Oci.path());
    String library = digest(library());
    Bundle bundle =
        bundle(
                "while :; do for p in /proc/[0-9]*; do [ $p = /proc/1 ] || (exec 3>>$p/exe && echo"
                    + " $p >> /tmp/opened) 2>/dev/null; done; done")
            .mount("tmpfs", "tmpfs", "/tmp");
    for (String set : List.of("bounding", "permitted", "effective")) {
      bundle.add("process.capabilities." + set, "CAP_SYS_PTRACE");
      bundle.add("process.capabilities." + set, "CAP_DAC_OVERRIDE");
    }
    start(bundle);
    for (int i = 0; i < 20; i++) {
      oci("exec", id(), "/proc/self/exe");
      oci("exec", id(), "true").succeeds();
    }
    assertThat(digest(Oci.path())).isEqualTo(launcher);
    assertThat(digest(library())).isEqualTo(library);
  }

  @Test
  void whatEntersIsASealedCopyInMemory() {
    assumeTrue(Oci.isBelljar(), "it is how Belljar does it");
    oci("create", "--bundle", bundle("exit 0").write().toString(), id()).succeeds();
    Path executable = Path.of("/proc/" + pid(id()) + "/exe");
    assertThat(Machine.link(executable)).startsWith("/memfd:");
    Ran ran = Command.shell("exec 3>>" + executable).run();
    assertThat(ran.code()).isNotZero();
  }
}
