package io.belljar.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.linux.Capability;
import io.belljar.linux.NamespaceKind;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFsTest {
  private static final String STATUS =
      """
      Name:\ta\\nUid:\\t0
      Umask:\t0022
      State:\tS (sleeping)
      Tgid:\t42
      Pid:\t42
      PPid:\t7
      Uid:\t1000\t1001\t1002\t4294967295
      Gid:\t5\t6\t7\t8
      Groups:\t4 24 27\s
      NStgid:\t42\t1
      NSpid:\t42\t1
      Threads:\t3
      CapInh:\t0000000000000000
      CapPrm:\t000001ffffffffff
      CapEff:\t000001ffffffffff
      CapBnd:\tffffffffffffffff
      CapAmb:\t0000000000000001
      NoNewPrivs:\t1
      Seccomp:\t2
      Seccomp_filters:\t1
      """;

  @TempDir private Path directory;
  private ProcFixture fixture;

  @BeforeEach
  void make() {
    fixture = new ProcFixture(directory);
  }

  @Test
  void readsTheStatusOfAProcess() {
    ProcessStatus status = fixture.file("42/status", STATUS).proc().status(42).orElseThrow();
    assertThat(status.name()).isEqualTo("a\\nUid:\\t0");
    assertThat(status.pid()).isEqualTo(42);
    assertThat(status.parent()).isEqualTo(7);
    assertThat(status.umask()).isEqualTo(022);
    assertThat(status.uids()).containsExactly(1000L, 1001L, 1002L, 4294967295L);
    assertThat(status.gids()).containsExactly(5L, 6L, 7L, 8L);
    assertThat(status.groups()).containsExactly(4L, 24L, 27L);
    assertThat(status.namespacePids()).containsExactly(42, 1);
    assertThat(status.threads()).isEqualTo(3);
    assertThat(status.capabilities())
        .isEqualTo(new ProcessStatus.Capabilities(0, (1L << 41) - 1, (1L << 41) - 1, -1L, 1));
    assertThat(Capability.setOf(status.capabilities().ambient()))
        .isEqualTo(Set.of(Capability.CAP_CHOWN));
    assertThat(status.noNewPrivileges()).isTrue();
    assertThat(status.seccompMode()).isEqualTo(2);
    assertThat(status.seccompFilters()).isEqualTo(1);
  }

  @Test
  void refusesAStatusWithoutIds() {
    fixture.file("42/status", "Name:\tx\nPid:\t42\n");
    assertThatThrownBy(() -> fixture.proc().status(42))
        .hasMessage("read " + directory + "/42/status: Uid has 0 numbers instead of 4");
  }

  @Test
  void readsNamespaces() {
    fixture.link("42/ns/mnt", "mnt:[4026531840]").link("42/ns/pid_for_children", "pid:[17]");
    ProcFs proc = fixture.proc();
    assertThat(proc.namespace(42, NamespaceKind.MOUNT))
        .contains(new NamespaceId("mnt", 4026531840L));
    assertThat(proc.namespaceForChildren(42, NamespaceKind.PID))
        .contains(new NamespaceId("pid", 17));
    assertThat(proc.namespace(42, NamespaceKind.TIME)).isEmpty();
    assertThat(proc.namespace(43, NamespaceKind.MOUNT)).isEmpty();
    assertThat(new NamespaceId("mnt", 17)).hasToString("mnt:[17]");
  }

  @Test
  void refusesALinkThatIsNoNamespace() {
    fixture.link("42/ns/mnt", "elsewhere");
    assertThatThrownBy(() -> fixture.proc().namespace(42, NamespaceKind.MOUNT))
        .hasMessage("read " + directory + "/42/ns/mnt: not a namespace: elsewhere");
  }

  @Test
  void readsIdMappings() {
    fixture.file(
        "42/uid_map", "         0       1000          1\n         1     100000      65536\n");
    fixture.file("42/gid_map", "");
    assertThat(fixture.proc().uidMap(42))
        .contains(List.of(new IdMapping(0, 1000, 1), new IdMapping(1, 100000, 65536)));
    assertThat(fixture.proc().gidMap(42)).contains(List.of());
    assertThat(new IdMapping(0, 1000, 1)).hasToString("0 1000 1");
  }

  @Test
  void readsCgroups() {
    fixture.file("42/cgroup", "3:cpu,cpuacct:/a:b\n1:name=systemd:/\n0::/../c d\n");
    assertThat(fixture.proc().cgroups(42).orElseThrow())
        .containsExactly(
            new CgroupMembership(3, Set.of("cpu", "cpuacct"), Optional.empty(), "/a:b"),
            new CgroupMembership(1, Set.of(), Optional.of("systemd"), "/"),
            new CgroupMembership(0, Set.of(), Optional.empty(), "/../c d"));
  }

  @Test
  void refusesACgroupFileOfAnotherForm() {
    fixture.file("42/cgroup", "nonsense\n");
    assertThatThrownBy(() -> fixture.proc().cgroups(42))
        .hasMessageEndingWith("42/cgroup: no line of the form hierarchy:controllers:path");
  }

  @Test
  void readsCommandLines() {
    fixture.file("42/cmdline", "/bin/sh\0-c\0\0exit\0").file("43/cmdline", "");
    assertThat(fixture.proc().commandLine(42, 1)).contains(List.of("/bin/sh", "-c", "", "exit"));
    assertThat(fixture.proc().commandLine(43, 1)).contains(List.of());
    assertThat(fixture.proc().commandLine(44, 1)).isEmpty();
  }

  @Test
  void readsNoMoreOfACommandLineThanIsShown() {
    fixture.file("42/cmdline", "a\0".repeat(1_000_000)).file("43/cmdline", "b".repeat(9 << 20));
    assertThat(fixture.proc().commandLine(42, 1)).contains(Collections.nCopies(256, "a"));
    assertThat(fixture.proc().commandLine(43, 1)).contains(List.of("b".repeat(16 << 10)));
  }

  @Test
  void readsOfManyCommandLinesTheirPartOfWhatMemoryIsFor() {
    fixture.file("42/cmdline", "a\0".repeat(10_000)).file("43/cmdline", "b".repeat(16 << 10));
    assertThat(fixture.proc().commandLine(43, 1000)).contains(List.of("b".repeat(4194)));
    assertThat(fixture.proc().commandLine(42, 10_000)).contains(Collections.nCopies(26, "a"));
    assertThat(fixture.proc().commandLine(43, 10_000)).contains(List.of("b".repeat(419)));
    assertThat(fixture.proc().commandLine(43, 1_000_000)).contains(List.of("b".repeat(256)));
  }

  @Test
  void listsProcessesOnly() {
    fixture.file("42/stat", "").file("7/stat", "").file("sys/x", "").file("9x/stat", "");
    assertThat(fixture.proc().processes()).containsExactly(7, 42);
  }

  @Test
  void readsWhatTheKernelHas() {
    fixture
        .file("sys/kernel/cap_last_cap", "40\n")
        .file("filesystems", "nodev\tsysfs\n\text4\nnodev\toverlay\n")
        .file("sys/user/max_user_namespaces", "96365\n");
    assertThat(fixture.proc().lastCapability()).isEqualTo(40);
    assertThat(fixture.proc().filesystems()).containsExactly("sysfs", "ext4", "overlay");
    assertThat(fixture.proc().sysctlNumber("user.max_user_namespaces")).hasValue(96365);
    assertThat(fixture.proc().sysctl("kernel.none")).isEmpty();
  }

  @Test
  void saysThatProcIsNotMounted() {
    assertThatThrownBy(() -> fixture.proc().lastCapability())
        .hasMessage(
            "read " + directory + "/sys/kernel/cap_last_cap: no such file; is /proc mounted?");
  }

  @Test
  void readsTheHost() {
    int pid = (int) ProcessHandle.current().pid();
    ProcFs proc = ProcFs.host();
    assertThat(proc.status(pid).orElseThrow().uids()).hasSize(4);
    assertThat(proc.namespace(pid, NamespaceKind.USER).orElseThrow().type()).isEqualTo("user");
    assertThat(proc.cgroups(pid)).isPresent();
    assertThat(proc.mounts().containing("/proc").orElseThrow().type()).isEqualTo("proc");
    assertThat(proc.lastCapability()).isGreaterThanOrEqualTo(37);
    assertThat(proc.processes()).contains(pid);
    assertThat(proc.filesystems()).contains("proc", "tmpfs");
  }
}
