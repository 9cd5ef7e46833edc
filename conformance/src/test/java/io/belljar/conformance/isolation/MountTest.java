package io.belljar.conformance.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.Oci;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mounts of the configuration: config.md, "Mounts". */
class MountTest extends OciTest {
  private Path source(String name) throws Exception {
    Path source = Files.createDirectories(directory().resolve("source").resolve(name));
    Files.writeString(source.resolve("file"), "content\n");
    return source;
  }

  @Test
  void bindsADirectory() throws Exception {
    Path source = source("dir");
    Bundle bundle = bundle("cat /mnt/file; echo new > /mnt/new").writable();
    run(bundle.mount("bind", source.toString(), "/mnt", "bind", "rw")).succeeds();
    assertThat(Files.readString(source.resolve("new"))).isEqualTo("new\n");
    assertNothingLeft();
  }

  @Test
  void bindsAFileOntoAPathThatIsNotThere() throws Exception {
    Path source = source("dir").resolve("file");
    Bundle bundle = bundle("cat /etc/a/b").writable();
    assertThat(run(bundle.mount("bind", source.toString(), "/etc/a/b", "bind")).succeeds().output())
        .isEqualTo("content\n");
  }

  @Test
  void bindsASourceBesideTheBundlesConfiguration() throws Exception {
    Bundle bundle = bundle("cat /tmp/file");
    Path source = Files.createDirectory(bundle.directory().resolve("data"));
    Files.writeString(source.resolve("file"), "relative\n");
    assertThat(run(bundle.mount("bind", "data", "/tmp", "bind")).succeeds().output())
        .isEqualTo("relative\n");
  }

  @Test
  void bindsReadOnly() throws Exception {
    Path source = source("dir");
    Bundle bundle = bundle("cat /tmp/file; echo x > /tmp/new");
    Ran ran = run(bundle.mount("bind", source.toString(), "/tmp", "rbind", "ro"));
    assertThat(ran.output()).isEqualTo("content\n");
    assertThat(ran.error()).contains("Read-only file system");
    assertThat(source.resolve("new")).doesNotExist();
  }

  /** A source with a further mount below; it lives in a mount namespace that ends with the test. */
  private Ran runWithSubmount(Bundle bundle, Path source) throws Exception {
    Files.createDirectories(source.resolve("sub"));
    String line = String.join(" ", oci().words("run", "--bundle", bundle.write().toString(), id()));
    return Command.of(
            "unshare",
            "-m",
            "sh",
            "-c",
            "mount -t tmpfs tmpfs " + source + "/sub && touch " + source + "/sub/below && " + line)
        .env(oci().environment())
        .env("BELLJAR_RESIDENT", "0")
        .run();
  }

  @Test
  void bindTakesOneMountAndRbindAll() throws Exception {
    Path source = source("tree");
    Bundle flat = bundle("ls /tmp/sub").mount("bind", source.toString(), "/tmp", "bind");
    assertThat(runWithSubmount(flat, source).succeeds().output()).isEmpty();
    Bundle deep = bundle("ls /tmp/sub").mount("bind", source.toString(), "/tmp", "rbind");
    assertThat(runWithSubmount(deep, source).succeeds().output()).isEqualTo("below\n");
  }

  @Test
  void roIsForOneMountAndRroForAll() throws Exception {
    assumeTrue(Oci.isBelljar(), "rro is newer than this runtime");
    Path source = source("tree");
    Bundle one = bundle("touch /tmp/sub/x").mount("bind", source.toString(), "/tmp", "rbind", "ro");
    runWithSubmount(one, source).succeeds();
    Bundle all =
        bundle("touch /tmp/sub/x").mount("bind", source.toString(), "/tmp", "rbind", "rro");
    assertThat(runWithSubmount(all, source).isRefused().error()).contains("Read-only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuid", "nodev", "noexec", "noatime", "ro"})
  void appliesOptions(String option) throws Exception {
    Bundle bundle =
        bundle("grep ' /tmp ' /proc/self/mountinfo | cut -d' ' -f6")
            .mount("bind", source("dir").toString(), "/tmp", "bind", option);
    assertThat(List.of(run(bundle).succeeds().text().split(","))).contains(option);
  }

  @Test
  void mountsATmpfsOfASize() {
    Bundle bundle =
        bundle(
                "df -k /tmp | tail -n 1; stat -c %a /tmp; head -c 2000000 /dev/zero > /tmp/x || exit 1")
            .mount("tmpfs", "tmpfs", "/tmp", "size=1m", "mode=1700", "nosuid");
    Ran ran = run(bundle).isRefused();
    assertThat(ran.lines().getFirst().split(" +")[1]).isEqualTo("1024");
    if (Oci.isBelljar()) {
      assertThat(ran.lines().get(1)).isEqualTo("1700");
    }
  }

  @Test
  void mountsLaterOnesOverEarlierOnes() throws Exception {
    Bundle bundle =
        bundle("ls /tmp")
            .mount("bind", source("dir").toString(), "/tmp", "bind")
            .mount("tmpfs", "tmpfs", "/tmp");
    assertThat(run(bundle).succeeds().output()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rprivate", "rshared", "rslave", "runbindable"})
  void appliesPropagation(String option) throws Exception {
    Bundle bundle =
        bundle("grep ' /tmp ' /proc/self/mountinfo")
            .mount("bind", source("dir").toString(), "/tmp", "rbind", option);
    String line = run(bundle).succeeds().output();
    switch (option) {
      case "rshared" -> assertThat(line).contains("shared:");
      case "runbindable" -> assertThat(line).contains("unbindable");
      default -> assertThat(line).doesNotContain("shared:").doesNotContain("unbindable");
    }
  }

  @Test
  void createsMountPointsInsideTheRootOnly() throws Exception {
    Bundle bundle = bundle("cat /link/x/file").writable();
    Path outside = Files.createDirectory(directory().resolve("outside"));
    Files.createSymbolicLink(bundle.root().resolve("link"), outside);
    bundle.mount("bind", source("dir").toString(), "/link/x", "bind");
    assertThat(run(bundle).succeeds().output()).isEqualTo("content\n");
    assertThat(outside).isEmptyDirectory();
    assertThat(bundle.root().resolve(outside.toString().substring(1)).resolve("x")).isDirectory();
  }

  @Test
  void resolvesDotDotInsideTheRoot() throws Exception {
    Bundle bundle = bundle("cat /tmp/in/file").writable();
    bundle.mount("bind", source("dir").toString(), "/../../tmp/in", "bind");
    assertThat(run(bundle).succeeds().output()).isEqualTo("content\n");
  }

  @Test
  void refusesAnUnknownOptionOfATmpfs() {
    run(bundle("exit 0").mount("tmpfs", "tmpfs", "/tmp", "nosuchoption")).isRefused();
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "rshared", "slave", "private"})
  void leavesAHostWhoseMountsAreSharedItsMounts(String propagation) {
    String bundle = bundle("exit 0").set("linux.rootfsPropagation", propagation).write().toString();
    String line = String.join(" ", oci().words("run", "--bundle", bundle, id()));
    Command.shell(
            "exec unshare -m --propagation private sh -c 'mount --make-rshared / && "
                + "before=$(wc -l </proc/self/mountinfo) && "
                + line
                + " && test $before = $(wc -l </proc/self/mountinfo)'")
        .env(oci().environment())
        .env("BELLJAR_RESIDENT", "0")
        .run()
        .succeeds();
  }

  @Test
  void leavesTheHostsMountsAsTheyAre() throws Exception {
    String before = Files.readString(Path.of("/proc/self/mountinfo"));
    run(bundle("mount -t tmpfs tmpfs /tmp; exit 0")).succeeds();
    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).isEqualTo(before);
  }
}
