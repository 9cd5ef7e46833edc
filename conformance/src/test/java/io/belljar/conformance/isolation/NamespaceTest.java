package io.belljar.conformance.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Namespaces, new, joined and the caller's: namespaces(7), config-linux.md "Namespaces". */
class NamespaceTest extends OciTest {
  private static long self() {
    return ProcessHandle.current().pid();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnt", "pid", "net", "ipc", "uts", "cgroup"})
  void isNewByDefault(String type) {
    long pid = start(bundle("exec sleep 1000").namespace("cgroup"));
    assertThat(Machine.namespace(pid, type)).isNotEqualTo(Machine.namespace(self(), type));
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "time"})
  void isTheCallersUnlessItIsAskedFor(String type) {
    long pid = start(bundle("exec sleep 1000"));
    assertThat(Machine.namespace(pid, type)).isEqualTo(Machine.namespace(self(), type));
  }

  @ParameterizedTest
  @CsvSource({"network,net", "ipc,ipc", "uts,uts", "pid,pid", "cgroup,cgroup"})
  void isTheCallersWhenItIsLeftOut(String name, String type) {
    Bundle bundle = bundle("exec sleep 1000").withoutNamespace(name);
    if (name.equals("uts")) {
      bundle.remove("hostname");
    }
    long pid = start(bundle);
    assertThat(Machine.namespace(pid, type)).isEqualTo(Machine.namespace(self(), type));
  }

  @ParameterizedTest
  @CsvSource({"network,net", "ipc,ipc", "uts,uts", "pid,pid", "cgroup,cgroup"})
  void isJoinedByItsPath(String name, String type) {
    long first = start(id() + "1", bundle("exec sleep 1000").namespace("cgroup"));
    Bundle second = bundle("exec sleep 1000").namespace(name, "/proc/" + first + "/ns/" + type);
    if (name.equals("uts")) {
      second.remove("hostname");
    }
    long pid = start(id() + "2", second);
    assertThat(Machine.namespace(pid, type)).isEqualTo(Machine.namespace(first, type));
    for (String other : List.of("mnt", "net", "ipc", "uts", "pid")) {
      if (!other.equals(type)) {
        assertThat(Machine.namespace(pid, other)).isNotEqualTo(Machine.namespace(first, other));
      }
    }
  }

  @Test
  void joinsSeveralAtOnce() {
    long first = start(id() + "1", bundle("exec sleep 1000"));
    Bundle second = bundle("exec sleep 1000").remove("hostname");
    for (String name : List.of("network", "ipc", "uts")) {
      String type = name.equals("network") ? "net" : name;
      second.namespace(name, "/proc/" + first + "/ns/" + type);
    }
    long pid = start(id() + "2", second);
    for (String type : List.of("net", "ipc", "uts")) {
      assertThat(Machine.namespace(pid, type)).isEqualTo(Machine.namespace(first, type));
    }
  }

  @Test
  void hasNothingButAnUpLoopbackDevice() {
    Ran ran = run(bundle("ls /sys/class/net; cat /sys/class/net/lo/flags; ip addr")).succeeds();
    List<String> lines = ran.lines();
    assertThat(lines.getFirst()).isEqualTo("lo");
    // IFF_UP and IFF_LOOPBACK.
    assertThat(Integer.decode(lines.get(1)) & 0x9).isEqualTo(0x9);
    assertThat(ran.output()).contains("127.0.0.1").doesNotContain("eth");
  }

  @Test
  void hasItsOwnHostName() throws Exception {
    String host = Files.readString(Path.of("/proc/sys/kernel/hostname"));
    assertThat(run(bundle("hostname").set("hostname", "jar")).succeeds().output())
        .isEqualTo("jar\n");
    assertThat(Files.readString(Path.of("/proc/sys/kernel/hostname"))).isEqualTo(host);
  }

  @Test
  void hasItsOwnDomainName() {
    assumeTrue(Oci.isBelljar(), "newer than this runtime");
    Bundle bundle = bundle("cat /proc/sys/kernel/domainname").set("domainname", "bell.test");
    assertThat(run(bundle).succeeds().output()).isEqualTo("bell.test\n");
  }

  @Test
  void itsFirstProcessIsPid1() {
    assertThat(run(bundle("echo $$; ps -o pid,comm")).succeeds().lines().getFirst()).isEqualTo("1");
  }

  @Test
  void seesNoProcessOfTheHost() {
    Ran ran = run(bundle("cd /proc; ls -d [0-9]*")).succeeds();
    assertThat(ran.lines()).hasSizeBetween(1, 2).contains("1");
  }

  @Test
  void adoptsOrphans() {
    // The middle process ends; its child is then the first process's.
    Bundle bundle =
        bundle(
                "sh -c '(sleep 1; grep PPid /proc/self/status > /tmp/parent) &'; sleep 2;"
                    + " cat /tmp/parent")
            .mount("tmpfs", "tmpfs", "/tmp", "nosuid");
    assertThat(run(bundle).succeeds().text()).endsWith("1");
  }

  @Test
  void seesOnlyItsOwnSharedMemorySegments() {
    Machine.requireProgram("ipcmk", "util-linux");
    String made = Command.of("ipcmk", "-M", "4096").run().succeeds().text();
    String segment = made.substring(made.lastIndexOf(' ') + 1);
    try {
      assertThat(run(bundle("wc -l < /proc/sysvipc/shm")).succeeds().text()).isEqualTo("1");
    } finally {
      Command.of("ipcrm", "-m", segment).run();
    }
  }

  @Test
  void itsCgroupIsTheRootOfItsCgroupNamespace() {
    Ran ran = run(bundle("cat /proc/self/cgroup").namespace("cgroup")).succeeds();
    assertThat(ran.lines()).isNotEmpty().allMatch(line -> line.endsWith(":/"));
  }

  @Test
  void mapsUsers() {
    Bundle bundle =
        bundle("cat /proc/self/uid_map /proc/self/gid_map; id -u; exec sleep 1000")
            .namespace("user")
            .set("linux.uidMappings", List.of(map(0, 100_000, 65_536)))
            .set("linux.gidMappings", List.of(map(0, 200_000, 65_536)));
    makeReachable();
    long pid = start(bundle);
    assertThat(Machine.status(pid, "Uid").split("\t")).containsOnly("100000");
    assertThat(Machine.status(pid, "Gid").split("\t")).containsOnly("200000");
    assertThat(Machine.content(Path.of("/proc/" + pid + "/uid_map")).strip().split(" +"))
        .containsExactly("0", "100000", "65536");
    assertThat(Machine.namespace(pid, "user")).isNotEqualTo(Machine.namespace(self(), "user"));
  }

  @Test
  void isRootInsideItsUserNamespace() {
    Bundle bundle =
        bundle("id -u; id -g; hostname x && hostname; cat /proc/self/setgroups")
            .namespace("user")
            .set("linux.uidMappings", List.of(map(0, 100_000, 65_536)))
            .set("linux.gidMappings", List.of(map(0, 100_000, 65_536)))
            .set("process.capabilities", capabilities("CAP_SYS_ADMIN"));
    makeReachable();
    assertThat(run(bundle).succeeds().lines()).containsExactly("0", "0", "x", "allow");
    assertNothingLeft();
  }

  private static Map<String, Object> capabilities(String name) {
    return Map.of(
        "bounding", List.of(name), "effective", List.of(name), "permitted", List.of(name));
  }

  /** A mapped root is another user outside, who has to be able to walk to the bundle. */
  private void makeReachable() {
    Command.of("chmod", "-R", "a+rX", directory().toString()).run().succeeds();
  }

  private static Map<String, Object> map(long inside, long outside, long size) {
    return Map.of("containerID", inside, "hostID", outside, "size", size);
  }

  @Test
  void shiftsTheClocksOfATimeNamespace() {
    assumeTrue(Oci.isBelljar(), "newer than this runtime");
    Bundle bundle =
        bundle("cut -d. -f1 /proc/uptime; cat /proc/self/timens_offsets")
            .namespace("time")
            .set("linux.timeOffsets.boottime", Map.of("secs", 1_000_000, "nanosecs", 0))
            .set("linux.timeOffsets.monotonic", Map.of("secs", 500_000, "nanosecs", 7));
    Ran ran = run(bundle).succeeds();
    assertThat(Long.parseLong(ran.lines().getFirst())).isGreaterThan(1_000_000);
    assertThat(ran.output())
        .containsPattern("monotonic +500000 +7")
        .containsPattern("boottime +1000000 +0");
  }
}
