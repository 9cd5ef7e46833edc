package io.belljar.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Names, numbers and their forms as text. */
class NamesTest {
  @Test
  void describesErrors() {
    assertThat(Errno.describe(1)).isEqualTo("EPERM (Operation not permitted)");
    assertThat(Errno.nameOf(38)).isEqualTo("ENOSYS");
    assertThat(Errno.describe(512)).isEqualTo("errno 512");
    assertThat(Errno.of(41)).isEmpty();
  }

  /** The launcher has words of its own for some, as it must be able to speak without a planner. */
  @Test
  void describesErrorsAsTheLauncherDoes() throws IOException {
    String source = Files.readString(Path.of("../launcher/src/system.c"));
    List<MatchResult> reasons =
        Pattern.compile("REASON\\((E\\w+), \"([^\"]+)\"\\)").matcher(source).results().toList();
    assertThat(reasons).isNotEmpty();
    for (MatchResult reason : reasons) {
      assertThat(Errno.valueOf(reason.group(1)).text()).isEqualTo(reason.group(2));
    }
  }

  @Test
  void findsCapabilitiesAsDocumentsAndPeopleWriteThem() {
    assertThat(Capability.ofName("CAP_SYS_ADMIN")).contains(Capability.CAP_SYS_ADMIN);
    assertThat(Capability.ofName("sys_admin")).isEmpty();
    assertThat(Capability.parse("sys_admin")).contains(Capability.CAP_SYS_ADMIN);
    assertThat(Capability.parse("cap_bpf")).contains(Capability.CAP_BPF);
    assertThat(Capability.parse("CAP_CAP_BPF")).isEmpty();
    assertThat(Capability.of(40)).contains(Capability.CAP_CHECKPOINT_RESTORE);
    assertThat(Capability.of(41)).isEmpty();
  }

  @Test
  void convertsCapabilitySets() {
    long mask = Capability.mask(List.of(Capability.CAP_CHOWN, Capability.CAP_BPF));
    assertThat(mask).isEqualTo(1L | 1L << 39);
    assertThat(Capability.setOf(mask | 1L << 60))
        .isEqualTo(Set.of(Capability.CAP_CHOWN, Capability.CAP_BPF));
    assertThat(Capability.format(mask)).isEqualTo("CAP_CHOWN|CAP_BPF");
    assertThat(Capability.format(1L << 41)).isEqualTo("0x20000000000");
  }

  @Test
  void knowsTheThreeNamesOfNamespaces() {
    assertThat(NamespaceKind.ofOciName("mount")).contains(NamespaceKind.MOUNT);
    assertThat(NamespaceKind.ofOciName("mnt")).isEmpty();
    assertThat(NamespaceKind.ofProcName("net")).contains(NamespaceKind.NETWORK);
    assertThat(NamespaceKind.PID.childrenProcName()).isEqualTo("pid_for_children");
    assertThat(NamespaceKind.UTS.childrenProcName()).isEqualTo("uts");
  }

  @Test
  void writesLimits() {
    assertThat(ResourceLimit.format(ResourceLimit.INFINITY)).isEqualTo("unlimited");
    assertThat(ResourceLimit.format(-2)).isEqualTo("18446744073709551614");
    assertThat(ResourceLimit.ofName("RLIMIT_NOFILE")).contains(ResourceLimit.RLIMIT_NOFILE);
    assertThat(ResourceLimit.ofName("NOFILE")).isEmpty();
    assertThat(ResourceLimit.of(16)).isEmpty();
  }

  @Test
  void combinesIoPriorities() {
    int value = IoPriorityClass.IOPRIO_CLASS_BE.value(4);
    assertThat(value).isEqualTo(2 << 13 | 4);
    assertThat(IoPriorityClass.format(value)).isEqualTo("IOPRIO_CLASS_BE, 4");
    assertThatThrownBy(() -> IoPriorityClass.IOPRIO_CLASS_RT.value(8))
        .hasMessage("I/O priority must be from 0 to 7, not 8");
  }

  @Test
  void knowsTheMachinesItRunsOn() {
    assertThat(Machine.of("amd64")).isEqualTo(Machine.X86_64);
    assertThat(Machine.of("aarch64").choose(1, 2)).isEqualTo(2);
    assertThatThrownBy(() -> Machine.of("riscv64"))
        .hasMessage("belljar runs on x86-64 and aarch64, not on riscv64");
  }
}
