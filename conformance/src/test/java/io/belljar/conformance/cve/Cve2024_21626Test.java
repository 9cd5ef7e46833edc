package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither the working directory nor a descriptor may be one of the host (CVE-2024-21626). */
class Cve2024_21626Test extends OciTest {
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16, 24, 32, 48, 64})
  void aWorkingDirectoryThatIsADescriptorIsRefused(int descriptor) {
    Bundle bundle = bundle("pwd; ls ../../../../etc/shadow").writable();
    bundle.set("process.cwd", "/proc/self/fd/" + descriptor);
    run(bundle).isRefused();
    assertNothingLeft();
  }

  @Test
  void aWorkingDirectoryThatALinkOfTheImageLeadsToADescriptorIsRefused() throws Exception {
    for (int descriptor = 3; descriptor < 12; descriptor++) {
      Bundle bundle = bundle("pwd").writable().set("process.cwd", "/link");
      Files.createSymbolicLink(
          bundle.root().resolve("link"), Path.of("/proc/self/fd/" + descriptor));
      run(bundle).isRefused();
    }
    assertNothingLeft();
  }

  @Test
  void execIntoADescriptorIsRefused() {
    start(bundle("exec sleep 1000"));
    for (int descriptor = 3; descriptor < 20; descriptor++) {
      Ran ran = oci("exec", "--cwd", "/proc/self/fd/" + descriptor, id(), "pwd").isRefused();
      assertThat(ran.output()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
  void noProgramNorInterpreterIsFoundThroughADescriptor(int descriptor) throws Exception {
    String host = "/proc/self/fd/" + descriptor + Path.of("/bin").toRealPath();
    run(bundle().runs(host + "/true")).isRefused();

    Bundle link = bundle().runs("/bin/evil").writable();
    Files.createSymbolicLink(link.root().resolve("bin/evil"), Path.of(host + "/true"));
    run(link).isRefused();

    Bundle script = bundle().runs("/bin/evil").writable();
    Files.writeString(script.root().resolve("bin/evil"), "#!" + host + "/sh\nexit 0\n");
    script.root().resolve("bin/evil").toFile().setExecutable(true);
    assertThat(run(script).code()).isNotZero();
    assertNothingLeft();
  }

  @Test
  void aProcessThatWaitsForStartHoldsNoDirectory() throws Exception {
    oci("create", "--bundle", bundle("exit 0").write().toString(), id()).succeeds();
    try (var descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid(id()) + "/fd"))) {
      for (Path descriptor : descriptors) {
        assertThat(Files.isDirectory(descriptor)).as(descriptor.toString()).isFalse();
      }
    }
    oci("delete", "--force", id()).succeeds();
  }

  @Test
  void noDescriptorThatTheCallerLeakedReachesTheCommand() {
    String bundle = bundle().runs("ls", "-l", "/proc/self/fd").write().toString();
    String line = String.join(" ", oci().words("run", "--bundle", bundle, id()));
    Ran ran =
        Command.shell("exec 3</ 4</etc 5</sys/fs/cgroup 17</root 63</etc/passwd; exec " + line)
            .env(oci().environment())
            .run()
            .succeeds();
    assertThat(ran.output())
        .doesNotContain("-> /etc")
        .doesNotContain("cgroup")
        .doesNotContain("-> /root")
        .doesNotContain("63 ->");
  }

  @Test
  void noDescriptorThatTheCallerLeakedReachesExec() {
    start(bundle("exec sleep 1000"));
    String line = String.join(" ", oci().words("exec", id(), "ls", "-l", "/proc/self/fd"));
    Ran ran =
        Command.shell("exec 3</ 9</etc 63</etc/passwd; exec " + line)
            .env(oci().environment())
            .run()
            .succeeds();
    assertThat(ran.output()).doesNotContain("-> /etc").doesNotContain("63 ->");
  }
}
