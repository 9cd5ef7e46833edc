package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Json;
import io.belljar.conformance.Machine;
import io.belljar.conformance.OciTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A symbolic link in the image's /dev is not followed before pivot_root (CVE-2026-41579, and the
 * same in crun, CVE-2026-47766).
 */
class Cve2026_41579Test extends OciTest {
  private void leavesTheDecoyAlone(boolean relative) throws Exception {
    Path decoy = Files.createDirectory(directory().resolve("decoy"));
    Files.writeString(decoy.resolve("null"), "mine\n");
    Bundle bundle = bundle("exit 0").writable();
    Files.delete(bundle.root().resolve("dev"));
    Files.createSymbolicLink(
        bundle.root().resolve("dev"), relative ? Path.of("../../decoy") : decoy);
    // With a mount on /dev, and with the directory of the image itself.
    run(bundle);
    Json.asList(bundle.get("mounts"))
        .removeIf(mount -> Json.asObject(mount).get("destination").toString().startsWith("/dev"));
    run(bundle);
    assertThat(decoy.toFile().list()).containsExactly("null");
    assertThat(Files.readString(decoy.resolve("null"))).isEqualTo("mine\n");
    assertThat(Machine.mountsWith(decoy.toString())).isEmpty();
    assertNothingLeft();
  }

  @Test
  void anAbsoluteLinkAtDevIsNotFollowed() throws Exception {
    leavesTheDecoyAlone(false);
  }

  @Test
  void aRelativeLinkAtDevIsNotFollowed() throws Exception {
    leavesTheDecoyAlone(true);
  }

  @Test
  void aLinkBelowDevIsNotFollowed() throws Exception {
    Path decoy = Files.createDirectory(directory().resolve("decoy"));
    Bundle bundle = bundle("exit 0").writable();
    Json.asList(bundle.get("mounts"))
        .removeIf(mount -> Json.asObject(mount).get("destination").toString().equals("/dev"));
    for (String name : List.of("pts", "shm", "mqueue")) {
      Files.createSymbolicLink(bundle.root().resolve("dev").resolve(name), decoy);
    }
    Files.createSymbolicLink(bundle.root().resolve("dev/zero"), decoy.resolve("zero"));
    run(bundle);
    assertThat(decoy).isEmptyDirectory();
    assertThat(Machine.mountsWith(decoy.toString())).isEmpty();
    assertNothingLeft();
  }
}
