package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Command;
import io.belljar.conformance.Oci;
import io.belljar.conformance.OciTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/**
 * The directories of the state are for their owner only, whatever the umask (CVE-2024-25621,
 * CVE-2021-41103).
 */
class Cve2024_25621Test extends OciTest {
  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void theyAreClosedWithAUmaskOf0() throws Exception {
    assumeTrue(Oci.isBelljar(), "runc keeps them more open");
    Path root = directory().resolve("fresh");
    Path runtime = Files.createTempDirectory(Path.of("/tmp"), "bju");
    try {
      String bundle = bundle("exec sleep 1000").write().toString();
      String line =
          "%s --root %s run -d --bundle %s %s"
              .formatted(Oci.path(), root.resolve("deep"), bundle, id());
      Command.shell("umask 0; exec " + line)
          .env(oci().environment())
          .env("BELLJAR_RUNTIME_DIR", runtime.toString())
          .env("BELLJAR_RESIDENT", "0")
          .run()
          .succeeds();
      assertThat(mode(root.resolve("deep"))).isEqualTo("rwx------");
      assertThat(mode(root.resolve("deep").resolve(id()))).isEqualTo("rwx------");
      assertThat(mode(runtime.resolve("belljar"))).isEqualTo("rwx------");
      try (var files = Files.walk(root.resolve("deep"))) {
        for (Path file : files.toList()) {
          assertThat(mode(file))
              .as("%s", file)
              .doesNotMatch("(....w....|.......w.)")
              .doesNotContain("s");
        }
      }
      Command.of(
              Oci.path().toString(),
              "--root",
              root.resolve("deep").toString(),
              "delete",
              "-f",
              id())
          .env(oci().environment())
          .run()
          .succeeds();
    } finally {
      Command.of("rm", "-rf", runtime.toString()).run();
    }
  }
}
