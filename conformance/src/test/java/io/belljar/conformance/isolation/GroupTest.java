package io.belljar.conformance.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Machine;
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

/** Control groups, here of version 1; pure version 2 is tested in the virtual machine. */
class GroupTest extends OciTest {
  private static final long MEBIBYTE = 1 << 20;

  private Bundle limited(String path, Object value) {
    return bundle("exec sleep 1000").set("linux.resources." + path, value);
  }

  private String file(Bundle bundle, String controller, String file) {
    return Machine.content(Machine.group(controller, bundle.group()).resolve(file)).strip();
  }

  @ParameterizedTest
  @CsvSource({
    "memory.limit,104857600,memory,memory.limit_in_bytes,104857600",
    "memory.reservation,52428800,memory,memory.soft_limit_in_bytes,52428800",
    "memory.swappiness,10,memory,memory.swappiness,10",
    "cpu.shares,512,cpu,cpu.shares,512",
    "cpu.quota,50000,cpu,cpu.cfs_quota_us,50000",
    "cpu.period,200000,cpu,cpu.cfs_period_us,200000",
    "pids.limit,77,pids,pids.max,77",
  })
  void limitsAreInTheFilesOfTheGroup(
      String path, long value, String controller, String file, String expected) {
    Machine.requireVersion1(controller);
    Bundle bundle = limited(path, value);
    start(bundle);
    assertThat(file(bundle, controller, file)).isEqualTo(expected);
    oci("delete", "--force", id()).succeeds();
    assertThat(Machine.group(controller, bundle.group())).doesNotExist();
  }

  @Test
  void cpusAreInTheFilesOfTheGroup() {
    Machine.requireVersion1("cpuset");
    Bundle bundle = limited("cpu.cpus", "0").set("linux.resources.cpu.mems", "0");
    long pid = start(bundle);
    assertThat(file(bundle, "cpuset", "cpuset.cpus")).isEqualTo("0");
    assertThat(Machine.status(pid, "Cpus_allowed_list")).isEqualTo("0");
  }

  @Test
  void theProcessIsInItsGroupOfEveryHierarchy() {
    Bundle bundle = bundle("exec sleep 1000");
    long pid = start(bundle);
    List<String> lines = Machine.content(Path.of("/proc/" + pid + "/cgroup")).lines().toList();
    for (String line : lines) {
      // Controllers that are not mounted have no group of ours.
      String controllers = line.split(":")[1];
      if (Files.isDirectory(Path.of("/sys/fs/cgroup", controllers.replace("name=", "")))
          && !controllers.isEmpty()) {
        assertThat(line).endsWith(":" + bundle.group());
      }
    }
  }

  @Test
  void execIsInTheGroupToo() {
    Bundle bundle = bundle("exec sleep 1000");
    start(bundle);
    oci("exec", "-d", id(), "sleep", "1001").succeeds();
    assertThat(file(bundle, "pids", "pids.current")).isEqualTo("2");
  }

  @Test
  void aProcessOverItsMemoryIsKilled() {
    Machine.requireVersion1("memory");
    Bundle bundle =
        bundle("head -c 200000000 /dev/zero | tail -c 199999999 > /dev/null; exit $?")
            .set("linux.resources.memory", Map.of("limit", 20 * MEBIBYTE, "swap", 20 * MEBIBYTE));
    run(bundle).exitsWith(137);
    assertNothingLeft();
  }

  @Test
  void noMoreProcessesThanTheLimitCanBeMade() {
    Bundle bundle =
        bundle("for i in 1 2 3 4 5 6 7 8 9; do sleep 5 & done; exit 0")
            .set("linux.resources.pids.limit", 4);
    assertThat(run(bundle).error()).containsAnyOf("can't fork", "Resource temporarily unavailable");
  }

  @Test
  void aLimitOfZeroOrLessOfPidsIsNone() {
    Machine.requireVersion1("pids");
    Bundle bundle = limited("pids.limit", -1);
    start(bundle);
    assertThat(file(bundle, "pids", "pids.max")).isEqualTo("max");
  }

  @Test
  void cpuTimeIsLimited() {
    Machine.requireVersion1("cpu");
    Bundle bundle =
        bundle("exec yes > /dev/null")
            .set("linux.resources.cpu", Map.of("quota", 5000, "period", 100_000));
    start(bundle);
    eventually(
        "it is throttled",
        () -> file(bundle, "cpu", "cpu.stat").matches("(?s).*nr_throttled [1-9].*"));
  }

  @Test
  void deniesDevicesThatAreNotAllowed() {
    // fuse is character device 10:229, which no default allows; null always is.
    Bundle bundle =
        bundle(
                "mknod /tmp/fuse c 10 229; cat < /tmp/fuse; mknod /tmp/null c 1 3 && echo x"
                    + " > /tmp/null && echo wrote")
            .writable()
            .set("linux.resources.devices", List.of(Map.of("allow", false, "access", "rwm")));
    for (String set : List.of("bounding", "permitted", "effective")) {
      bundle.add("process.capabilities." + set, "CAP_MKNOD");
    }
    Ran ran = run(bundle);
    assertThat(ran.error()).contains("Operation not permitted");
    assertThat(ran.output()).contains("wrote");
  }

  @Test
  void allowsDevicesThatAreAllowed() {
    Bundle bundle =
        bundle("mknod /tmp/fuse c 10 229 && cat < /tmp/fuse")
            .writable()
            .set(
                "linux.resources.devices",
                List.of(
                    Map.of("allow", false, "access", "rwm"),
                    Map.of(
                        "allow", true, "type", "c", "major", 10, "minor", 229, "access", "rwm")));
    for (String set : List.of("bounding", "permitted", "effective")) {
      bundle.add("process.capabilities." + set, "CAP_MKNOD");
    }
    // To read from it fails as it is not mounted; to open it does not.
    assertThat(run(bundle).error()).contains("read error").doesNotContain("can't open");
  }

  @Test
  void refusesALimitThatCannotBe() {
    run(limited("memory.limit", 1)).isRefused();
    assertNothingLeft();
  }

  @Test
  void refusesProcessorsThatAreNotThere() {
    assumeTrue(Oci.isBelljar(), "its wording");
    run(limited("cpu.cpus", "4000")).isRefused("linux.resources.cpu.cpus", "4000");
    assertNothingLeft();
  }

  @Test
  void aGroupInAGroupIsRemovedWithTheContainer() {
    Machine.requireVersion1("pids");
    Bundle bundle = bundle("exec sleep 1000");
    start(bundle);
    Path inner = Machine.group("pids", bundle.group()).resolve("inner");
    assertThat(inner.toFile().mkdir()).isTrue();
    oci("delete", "--force", id()).succeeds();
    assertNothingLeft();
  }

  @Test
  void pausesAndResumes() {
    long pid =
        start(bundle("i=0; while :; do i=$((i+1)); echo $i > /dev/shm/count; sleep 0.05; done"));
    oci("pause", id()).succeeds();
    assertThat(status(id())).isEqualTo("paused");
    assertThat(ProcessHandle.of(pid)).isPresent();
    oci("exec", id(), "true").isRefused("paused");
    oci("resume", id()).succeeds();
    assertThat(status(id())).isEqualTo("running");
  }
}
