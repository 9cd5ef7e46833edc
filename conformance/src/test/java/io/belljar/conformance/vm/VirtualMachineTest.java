package io.belljar.conformance.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.Oci;
import io.belljar.conformance.Ran;
import io.belljar.conformance.RuntimeTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The runtime on another kernel: pure version 2 control groups with all controllers, and a root
 * that has every capability. QEMU emulates the machine, so it is slow; each check of the script
 * {@code vm-checks} is a test.
 */
@Tag("vm")
class VirtualMachineTest extends RuntimeTest {
  private static final Duration MOST = Duration.ofMinutes(8);
  private static final Path SCRIPTS = Path.of("src/test/resources").toAbsolutePath();
  private static final long MEBIBYTE = 1 << 20;

  @TestFactory
  Stream<DynamicTest> onPureVersion2() throws Exception {
    Path bundles = Files.createDirectory(directory().resolve("bundles"));
    makeBundles(bundles);
    Path command = directory().resolve("command");
    Files.writeString(
        command, "exec bash %s/vm-checks %s %s\n".formatted(SCRIPTS, Oci.path(), bundles));
    Ran ran =
        Command.of(
                "bash",
                SCRIPTS.resolve("vm-boot").toString(),
                Path.of("target/vm").toAbsolutePath().toString(),
                command.toString(),
                String.valueOf(MOST.toSeconds() - 30))
            .within(MOST)
            .run();
    assumeFalse(ran.code() == 77, ran.text());
    List<String> lines = ran.lines().stream().map(String::strip).toList();
    assertThat(lines).as("the checks have come to their end: %s", ran).contains("END 0");
    return lines.stream()
        .filter(line -> line.matches("(PASS|FAIL|SKIP) .*"))
        .map(VirtualMachineTest::test)
        .toList()
        .stream();
  }

  private static DynamicTest test(String line) {
    String rest = line.substring(5);
    int colon = rest.indexOf(": ");
    String name = colon < 0 ? rest : rest.substring(0, colon);
    return DynamicTest.dynamicTest(
        name,
        () -> {
          if (line.startsWith("SKIP")) {
            abort(rest);
          }
          assertThat(line).startsWith("PASS");
        });
  }

  private void makeBundles(Path bundles) throws Exception {
    put(bundles, "hello", bundle("echo hello"));
    put(bundles, "status", bundle("exit 7"));
    put(bundles, "sleep", bundle("exec sleep 1000"));
    put(bundles, "limited", limited());
    put(
        bundles,
        "throttled",
        bundle("exec sleep 1000")
            .set(
                "linux.resources.blockIO.throttleReadBpsDevice",
                List.of(Map.of("major", 99, "minor", 99, "rate", MEBIBYTE))));
    put(
        bundles,
        "hungry",
        bundle("dd if=/dev/zero of=/dev/null bs=100M count=1; exit $?")
            .set("linux.resources.memory", Map.of("limit", 20 * MEBIBYTE, "swap", 20 * MEBIBYTE)));
    put(
        bundles,
        "crowd",
        bundle("for i in 1 2 3 4 5 6 7 8 9; do sleep 2 & done; exit 0")
            .set("linux.resources.pids.limit", 4));
    Map<String, Object> none = Map.of("allow", false, "access", "rwm");
    Map<String, Object> fuse =
        Map.of("allow", true, "type", "c", "major", 10, "minor", 229, "access", "rwm");
    put(
        bundles,
        "denied",
        withNodes(
            bundle("mknod /tmp/f c 10 229; cat < /tmp/f; echo x > /dev/null && echo wrote")
                .set("linux.resources.devices", List.of(none))));
    put(
        bundles,
        "allowed",
        withNodes(
            bundle("mknod /tmp/f c 10 229 && cat < /tmp/f")
                .set("linux.resources.devices", List.of(none, fuse))));
    put(bundles, "oom", bundle("cat /proc/self/oom_score_adj").set("process.oomScoreAdj", -500));
    put(
        bundles,
        "raised",
        bundle("ulimit -Hn")
            .set(
                "process.rlimits",
                List.of(Map.of("type", "RLIMIT_NOFILE", "soft", 1024, "hard", 100_000))));
    put(
        bundles,
        "group",
        bundle("cat /proc/self/cgroup; grep cgroup /proc/mounts | cut -d' ' -f3,4")
            .namespace("cgroup")
            .mount("cgroup", "cgroup", "/sys/fs/cgroup", "nosuid", "noexec", "nodev", "ro"));
    put(
        bundles,
        "host-groups",
        bundle("ls -d /sys/fs/cgroup/belljar-test-host-groups")
            .mount("cgroup", "cgroup", "/sys/fs/cgroup", "nosuid", "noexec", "nodev", "ro"));
    List<Object> map = List.of(Map.of("containerID", 0, "hostID", 100_000, "size", 65_536));
    put(
        bundles,
        "mapped",
        bundle("echo $(id -u) $(cat /proc/self/uid_map)")
            .namespace("user")
            .set("linux.uidMappings", map)
            .set("linux.gidMappings", map));
    put(bundles, "twice", bundle("echo 2").set("linux.resources.memory.limit", 50 * MEBIBYTE));
    Command.of("chmod", "-R", "a+rX", directory().toString()).run().succeeds();
  }

  private Bundle limited() {
    return bundle("exec sleep 1000")
        .set(
            "linux.resources.memory",
            Map.of("limit", 100 * MEBIBYTE, "reservation", 50 * MEBIBYTE, "swap", 150 * MEBIBYTE))
        .set(
            "linux.resources.cpu",
            Map.of("quota", 50_000, "period", 100_000, "shares", 512, "cpus", "0"))
        .set("linux.resources.pids.limit", 77);
  }

  private static Bundle withNodes(Bundle bundle) {
    for (String set : List.of("bounding", "permitted", "effective")) {
      bundle.add("process.capabilities." + set, "CAP_MKNOD");
    }
    return bundle.mount("tmpfs", "tmpfs", "/tmp", "dev");
  }

  private static void put(Path bundles, String name, Bundle bundle) throws Exception {
    bundle.set("linux.cgroupsPath", "/belljar-test-" + name).write();
    Files.move(bundle.directory(), bundles.resolve(name));
  }
}
