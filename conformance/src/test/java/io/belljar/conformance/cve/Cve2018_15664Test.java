package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Machine;
import io.belljar.conformance.Ran;
import io.belljar.conformance.containers.FilesTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A directory of the container is swapped for a symbolic link while it is copied (CVE-2018-15664;
 * CVE-2019-10152, CVE-2026-41568 and CVE-2026-42306 are its like). The decoy of the host lies where
 * the links lead, read from the host and from the container.
 */
class Cve2018_15664Test extends FilesTest {
  private static final int COPIES = 60;

  /** renameat2(2) with RENAME_EXCHANGE: there is always one of the two. */
  private static String swap(String one, String other) {
    int call = System.getProperty("os.arch").equals("aarch64") ? 276 : 316;
    return "perl -e 'while (1) { syscall("
        + call
        + ", -100, $ARGV[0], -100, $ARGV[1], 2) }' "
        + one
        + " "
        + other
        + " &";
  }

  private Path decoy() throws IOException {
    Path decoy = Files.createDirectory(directory().resolve("decoy"));
    Files.writeString(decoy.resolve("secret"), "HOST");
    return decoy;
  }

  private String swappingBox(Path decoy, List<String> options) {
    Machine.requireProgram("perl", "perl-base");
    String up = "/../../../../../../../..";
    return box(
        options,
        "perl",
        "mkdir -p /w/d /w/e; echo inside > /w/d/secret; echo inside > /w/e/secret; ln -s "
            + decoy
            + " /w/l; ln -s /w"
            + up
            + decoy
            + " /w/m; "
            + swap("/w/d", "/w/l")
            + swap("/w/e", "/w/m"));
  }

  /** The race is won easily by a container whose files are read by their paths. */
  private String whoeverFollowsPathsReads(String box) {
    String pid = belljar("inspect", "--format", "{{.State.Pid}}", box).succeeds().text();
    return shell("for i in $(seq 500); do cat /proc/" + pid + "/root/w/d/secret; done; exit 0")
        .output();
  }

  private void assertUntouched(Path decoy) throws IOException {
    assertThat(decoy.toFile().list()).containsExactly("secret");
    assertThat(Files.readString(decoy.resolve("secret"))).isEqualTo("HOST");
  }

  @Test
  void nothingOfTheHostIsReadWhileLinksAreSwapped() throws IOException {
    Path decoy = decoy();
    String box = swappingBox(decoy, List.of());
    assertThat(whoeverFollowsPathsReads(box)).as("the race").contains("inside", "HOST");
    int copied = 0;
    for (int i = 0; i < COPIES; i++) {
      for (String source : List.of("/w/d/secret", "/w/e/secret", "/w/d/.", "/w")) {
        shell("rm -rf out");
        Ran ran = belljar("cp", box + ":" + source, "out");
        copied += ran.code() == 0 ? 1 : 0;
        assertThat(ran.output() + ran.error()).doesNotContain("HOST");
        assertThat(shell("[ ! -e out ] || grep -r HOST out; exit 0").output()).isEmpty();
      }
    }
    assertThat(copied).as("copies that succeeded").isPositive();
    assertUntouched(decoy);
  }

  @Test
  void nothingOfTheHostIsWrittenWhileLinksAreSwapped() throws IOException {
    Path decoy = decoy();
    String box = swappingBox(decoy, List.of());
    file("new/secret", "NEW");
    file("secret", "NEW");
    shell("tar cf archive -C new .").succeeds();
    int copied = 0;
    for (int i = 0; i < COPIES; i++) {
      copied += belljar("cp", "secret", box + ":/w/d/secret").code() == 0 ? 1 : 0;
      copied += belljar("cp", "secret", box + ":/w/e").code() == 0 ? 1 : 0;
      copied += belljar("cp", "new/.", box + ":/w/d").code() == 0 ? 1 : 0;
      shell("$B cp - " + box + ":/w/e < archive; exit 0");
    }
    assertThat(copied).as("copies that succeeded").isPositive();
    assertUntouched(decoy);
  }

  @Test
  void aSharedDirectoryIsNoWayOutEither() throws IOException {
    Path decoy = decoy();
    Path volume = Files.createDirectory(directory().resolve("volume"));
    Machine.requireProgram("perl", "perl-base");
    String box =
        box(
            List.of("-v", volume + ":/v"),
            "perl",
            "mkdir -p /src/d /v/top/d; echo evil > /src/d/secret; ln -s "
                + decoy
                + " /v/top/l; "
                + swap("/v/top/d", "/v/top/l"));
    for (int i = 0; i < COPIES; i++) {
      belljar("cp", box + ":/src/.", volume.resolve("top").toString());
    }
    assertUntouched(decoy);
  }
}
