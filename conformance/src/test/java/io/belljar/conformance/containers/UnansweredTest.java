package io.belljar.conformance.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Machine;
import io.belljar.conformance.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * A container that has mounted a file system of its own, FUSE, whose server never answers: whoever
 * asks it for a file waits until the server ends. No command about the container may ask.
 */
class UnansweredTest extends FilesTest {
  private static final Duration SOON = Duration.ofSeconds(40);

  /** The server is a shell: it opens /dev/fuse, mounts, and never reads what is asked. */
  private static final String SERVER =
      """
      mkdir -p /srv/f /deep
      exec 3<>/dev/fuse
      mount -n -i -t fuse -o fd=3,rootmode=40000,user_id=0,group_id=0,allow_other f /srv/f
      """;

  private String served(String more) {
    Assumptions.assumeTrue(Files.exists(Path.of("/dev/fuse")), "the kernel has no FUSE");
    return box(
        List.of("--cap-add", "SYS_ADMIN", "--device", "/dev/fuse"), "mount,true", SERVER + more);
  }

  private Ran soon(String... words) {
    return command(words).within(SOON).run();
  }

  @Test
  void cpRefusesWhatOnlyTheContainerHasMounted() throws IOException {
    String box = served("ln -s /srv/f/x /link; ln -s ../srv /around; echo kept > /srv/kept");
    file("mine", "x");
    for (String path : List.of("/srv/f", "/srv/f/x", "/srv/f/", "/around/f/x/y", "/srv")) {
      soon("cp", box + ":" + path, "out").exitsWith(1).isRefused("(fuse)").inOneLine();
    }
    soon("cp", "-L", box + ":/link", "out").exitsWith(1).isRefused("(fuse)").inOneLine();
    soon("cp", "mine", box + ":/srv/f/").exitsWith(1).isRefused("(fuse)").inOneLine();
    soon("cp", "mine", box + ":/link").exitsWith(1).isRefused("(fuse)").inOneLine();
    soon("cp", box + ":/around/kept", "kept").succeeds();
    assertThat(Files.readString(directory().resolve("kept"))).isEqualTo("kept\n");
  }

  @Test
  void cpGoesThroughMountsThatTheKernelAnswers() throws IOException {
    String box =
        served(
            "mount -n -i -t tmpfs t /deep; echo in > /deep/x; ln -s /deep/x /link; mkdir /deep/d");
    soon("cp", "-L", box + ":/link", "x").succeeds();
    assertThat(Files.readString(directory().resolve("x"))).isEqualTo("in\n");
    soon("cp", "x", box + ":/deep/d/../y").succeeds();
    soon("cp", box + ":/deep", "all").succeeds();
    assertThat(Files.readString(directory().resolve("all/y"))).isEqualTo("in\n");
  }

  @Test
  void execReadsNoAccountsThere() {
    String box = served("rm -f /etc/passwd; ln -s /srv/f/passwd /etc/passwd");
    soon("exec", "-u", "nobody", box, "true")
        .isRefused("/etc/passwd in the root: is on a file system (fuse)")
        .inOneLine();
    soon("exec", "-u", "1000:1000", box, "true").isRefused("(fuse)");
  }

  @Test
  void whatIsLookedAtIsLookedAtWithoutAsking() {
    String box =
        served("rm -rf /run; ln -s /srv/f /run; ln -s /srv/f /dev/disks; exec 4<>/dev/null");
    soon("report", box).succeeds();
    soon("tree", box).succeeds();
    soon("top", box).succeeds();
    soon("inspect", box).succeeds();
    soon("rm", "-f", box).succeeds();
    assertThat(Machine.mountsWith(" - fuse f ")).isEmpty();
  }
}
