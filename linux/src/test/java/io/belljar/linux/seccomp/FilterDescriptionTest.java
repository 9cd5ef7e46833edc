package io.belljar.linux.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FilterDescriptionTest {
  @Test
  void refusesNotificationAsTheDefault() {
    assertThatThrownBy(() -> description(SeccompAction.NOTIFY, OptionalInt.empty()))
        .isInstanceOf(SeccompException.class)
        .hasMessage("SCMP_ACT_NOTIFY cannot be the default action of a profile");
  }

  @Test
  void refusesNotificationOfWrite() {
    SyscallRule rule = rule(SeccompAction.NOTIFY, OptionalInt.empty());
    assertThatThrownBy(() -> description(SeccompAction.ALLOW, OptionalInt.empty(), rule))
        .hasMessage("SCMP_ACT_NOTIFY cannot be used for the system call write");
  }

  @Test
  void refusesAnErrnoWhereTheActionTakesNone() {
    assertThatThrownBy(() -> rule(SeccompAction.KILL, OptionalInt.of(1)))
        .hasMessage(
            "errnoRet 1 in the seccomp profile: SCMP_ACT_KILL takes none, only SCMP_ACT_ERRNO and"
                + " SCMP_ACT_TRACE do");
    assertThatThrownBy(() -> description(SeccompAction.ALLOW, OptionalInt.of(38)))
        .hasMessageContaining("SCMP_ACT_ALLOW takes none");
  }

  @Test
  void refusesAnErrnoThatDoesNotFit() {
    assertThatThrownBy(() -> rule(SeccompAction.ERRNO, OptionalInt.of(65536)))
        .hasMessage("errnoRet 65536 in the seccomp profile: must be from 0 to 65535");
  }

  @Test
  void refusesASeventhArgument() {
    assertThatThrownBy(() -> new ArgumentCondition(6, 0, 0, Comparison.EQ))
        .hasMessage("argument index 6 in the seccomp profile: system calls have arguments 0 to 5");
  }

  @Test
  void answersEpermWhereTheProfileHasNoErrno() {
    assertThat(SeccompAction.ERRNO.returnValue(OptionalInt.empty())).isEqualTo(0x00050001);
    assertThat(SeccompAction.TRACE.returnValue(OptionalInt.of(7))).isEqualTo(0x7ff00007);
    assertThat(SeccompAction.ALLOW.returnValue(OptionalInt.empty())).isEqualTo(0x7fff0000);
  }

  @Test
  void knowsTheNamesOfOciDocuments() {
    assertThat(SeccompAction.ofOciName("SCMP_ACT_KILL_PROCESS"))
        .contains(SeccompAction.KILL_PROCESS);
    assertThat(SeccompAction.ofOciName("KILL")).isEmpty();
    assertThat(Comparison.ofOciName("SCMP_CMP_MASKED_EQ")).contains(Comparison.MASKED_EQ);
    assertThat(Comparison.ofOciName("EQ")).isEmpty();
  }

  private static SyscallRule rule(SeccompAction action, OptionalInt errno) {
    return new SyscallRule(List.of("write"), action, errno, List.of());
  }

  private static FilterDescription description(
      SeccompAction action, OptionalInt errno, SyscallRule... rules) {
    return new FilterDescription(action, errno, List.of(), Optional.empty(), List.of(rules));
  }
}
