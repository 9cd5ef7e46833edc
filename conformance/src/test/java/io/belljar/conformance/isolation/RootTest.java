package io.belljar.conformance.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Oci;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The container's root and what is mounted in it. */
class RootTest extends OciTest {
  @Test
  void hasNoMountOfTheHost() {
    Ran ran = run(bundle("cat /proc/self/mountinfo")).succeeds();
    List<String> points = ran.lines().stream().map(line -> line.split(" ")[4]).toList();
    assertThat(points)
        .contains("/", "/proc", "/dev", "/dev/pts", "/dev/shm", "/dev/mqueue", "/sys");
    assertThat(points)
        .allMatch(point -> point.equals("/") || point.matches("/(proc|dev|sys)(/.*)?"));
    assertThat(ran.output()).doesNotContain("/work").doesNotContain(name() + " ");
  }

  @Test
  void itsMountsAreNotShared() {
    Ran ran = run(bundle("cat /proc/self/mountinfo")).succeeds();
    assertThat(ran.output()).doesNotContain("shared:");
  }

  @Test
  void isTheDirectoryOfTheBundle() throws Exception {
    Bundle bundle = bundle("cat /mark; ls -a / | sort | head -n 3");
    Files.writeString(bundle.root().resolve("mark"), "here\n");
    assertThat(run(bundle).succeeds().lines().getFirst()).isEqualTo("here");
  }

  @Test
  void cannotBeLeft() {
    Ran ran = run(bundle("ls /../../.. ; cd ../../../..; pwd; ls /proc/1/root/")).succeeds();
    assertThat(ran.output()).contains("bin").doesNotContain("home");
    assertThat(ran.lines()).contains("/");
  }

  @Test
  void isReadOnlyWhenAsked() throws Exception {
    Bundle bundle = bundle("touch /file; echo $?; : > /etc/passwd; echo $?");
    bundle.set("root.readonly", true);
    Ran ran = run(bundle);
    assertThat(ran.lines()).isNotEmpty().allMatch(line -> !line.equals("0"));
    assertThat(ran.error()).contains("Read-only file system");
    assertThat(bundle.root().resolve("file")).doesNotExist();
  }

  @Test
  void isWritableWhenAsked() throws Exception {
    Bundle bundle = bundle("echo text > /file").writable();
    run(bundle).succeeds();
    assertThat(Files.readString(bundle.root().resolve("file"))).isEqualTo("text\n");
  }

  @Test
  void canBeGivenByAnAbsolutePath() {
    Bundle bundle = bundle("echo fine");
    bundle.set("root.path", bundle.root().toString());
    assertThat(run(bundle).succeeds().output()).isEqualTo("fine\n");
  }

  @ParameterizedTest
  @CsvSource({
    "null,1:3",
    "zero,1:5",
    "full,1:7",
    "random,1:8",
    "urandom,1:9",
    "tty,5:0",
  })
  void hasTheDefaultDevices(String device, String numbers) {
    Ran ran = run(bundle("stat -c '%F %t:%T %a %u' /dev/" + device)).succeeds();
    assertThat(ran.text()).isEqualTo("character special file " + numbers + " 666 0");
  }

  @ParameterizedTest
  @CsvSource({
    "fd,/proc/self/fd",
    "stdin,/proc/self/fd/0",
    "stdout,/proc/self/fd/1",
    "stderr,/proc/self/fd/2",
    "ptmx,pts/ptmx",
  })
  void hasTheDefaultLinks(String link, String target) {
    assertThat(run(bundle("readlink /dev/" + link)).succeeds().text()).isEqualTo(target);
  }

  @Test
  void itsDevicesWork() {
    Ran ran =
        run(
            bundle(
                "head -c 3 /dev/zero | wc -c; echo x > /dev/null; head -c 5 /dev/urandom | wc -c;"
                    + " echo x > /dev/full"));
    assertThat(ran.lines()).containsExactly("3", "5");
    assertThat(ran.error()).contains("No space left");
  }

  @Test
  void makesTheDevicesThatAreAsked() {
    Bundle bundle = bundle("stat -c '%F %t:%T %a %u %g' /dev/sub/own");
    bundle.set(
        "linux.devices",
        List.of(
            Map.of(
                "path",
                "/dev/sub/own",
                "type",
                "c",
                "major",
                1,
                "minor",
                5,
                "fileMode",
                0640,
                "uid",
                3,
                "gid",
                4)));
    assertThat(run(bundle).succeeds().text()).isEqualTo("character special file 1:5 640 3 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc/kcore", "/proc/keys", "/proc/timer_list"})
  void masksFiles(String path) {
    Ran ran = run(bundle("test -e " + path + " || exit 9; wc -c < " + path));
    assumeTrue(ran.code() != 9, path + " is not there");
    assertThat(ran.succeeds().text()).isEqualTo("0");
  }

  @Test
  void masksDirectories() {
    Ran ran = run(bundle("ls -A /sys/firmware | wc -l; touch /sys/firmware/x"));
    assertThat(ran.lines().getFirst()).isEqualTo("0");
    assertThat(ran.error()).containsAnyOf("Read-only file system", "Permission denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc/sys/kernel/hostname", "/proc/sysrq-trigger"})
  void protectsPaths(String path) {
    assumeTrue(Files.exists(Path.of(path)), path + " is not there");
    Ran ran = run(bundle("echo x > " + path)).isRefused();
    assertThat(ran.error()).contains("Read-only file system");
  }

  @Test
  void masksAndProtectsPathsOfTheRoot() throws Exception {
    Bundle bundle = bundle("cat /secret; ls /hidden; touch /kept/x; touch /free").writable();
    Files.writeString(bundle.root().resolve("secret"), "secret\n");
    Files.createDirectories(bundle.root().resolve("hidden/inside"));
    Files.createDirectories(bundle.root().resolve("kept"));
    bundle.set("linux.maskedPaths", List.of("/secret", "/hidden", "/no/such"));
    bundle.set("linux.readonlyPaths", List.of("/kept", "/no/such/either"));
    Ran ran = run(bundle).succeeds();
    assertThat(ran.output()).isEmpty();
    assertThat(ran.error()).contains("/kept/x");
    assertThat(bundle.root().resolve("free")).exists();
  }

  @Test
  void sysfsIsReadOnly() {
    assertThat(run(bundle("mkdir /sys/fs/x")).isRefused().error()).isNotEmpty();
  }

  @Test
  void ptsIsItsOwn() {
    // A new instance has only its multiplexer.
    assertThat(run(bundle("ls /dev/pts")).succeeds().text()).isEqualTo("ptmx");
  }

  @Test
  void showsItsCgroupsAndNoOthers() {
    Bundle bundle = bundle("find /sys/fs/cgroup -mindepth 2 -type d; echo done");
    bundle.namespace("cgroup");
    bundle.mount(
        "cgroup", "cgroup", "/sys/fs/cgroup", "nosuid", "noexec", "nodev", "relatime", "ro");
    assertThat(run(bundle).succeeds().output()).isEqualTo("done\n");
    bundle.runs("ls", "/sys/fs/cgroup");
    assertThat(run(bundle).succeeds().lines()).isNotEmpty();
  }

  @Test
  void itsCgroupMountIsReadOnly() {
    Bundle bundle = bundle("mkdir $(ls -d /sys/fs/cgroup/* | head -n 1)/x /sys/fs/cgroup/x");
    bundle.mount(
        "cgroup", "cgroup", "/sys/fs/cgroup", "nosuid", "noexec", "nodev", "relatime", "ro");
    Ran ran = run(bundle).isRefused();
    assertThat(ran.error()).contains("Read-only file system");
    if (Oci.isBelljar()) {
      assertThat(ran.error()).doesNotContain("File exists");
    }
  }

  @Test
  void makesAMissingWorkingDirectory() {
    Bundle bundle = bundle("pwd").writable().set("process.cwd", "/new/deep");
    assertThat(run(bundle).succeeds().output()).isEqualTo("/new/deep\n");
  }
}
