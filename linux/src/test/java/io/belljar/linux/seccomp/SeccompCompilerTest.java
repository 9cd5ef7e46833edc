package io.belljar.linux.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.linux.Machine;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compiles with the libseccomp of this machine and runs the programs in an interpreter. */
class SeccompCompilerTest {
  private static final int X86_64 = 0xc000003e;
  private static final int I386 = 0x40000003;

  private static final int READ = 0;
  private static final int WRITE = 1;
  private static final int CLONE = 56;
  private static final int PERSONALITY = 135;
  private static final int OPENAT2 = 437;

  private static final int ALLOW = 0x7fff0000;
  private static final int KILL_PROCESS = 0x80000000;
  private static final int EPERM = 0x00050001;
  private static final int ENOSYS = 0x00050026;

  @BeforeEach
  void needsLibseccomp() {
    assumeTrue(Machine.current() == Machine.X86_64, "the numbers in this test are x86-64's");
    try {
      SeccompCompiler.libraryVersion();
    } catch (LibraryMissingException e) {
      assumeTrue(false, e.getMessage());
    }
  }

  @Test
  void answersRulesAndDefault() {
    ClassicBpf filter = run(compile(errnoByDefault(allow("read", "openat2"))));
    assertThat(filter.run(X86_64, READ)).isEqualTo(ALLOW);
    assertThat(filter.run(X86_64, WRITE)).isEqualTo(EPERM);
  }

  @Test
  void answersEnosysToCallsNewerThanTheProfile() {
    ClassicBpf filter = run(compile(errnoByDefault(allow("read", "openat2"))));
    assertThat(filter.run(X86_64, OPENAT2)).isEqualTo(ALLOW);
    assertThat(filter.run(X86_64, OPENAT2 + 1)).isEqualTo(ENOSYS);
    assertThat(filter.run(X86_64, 4711)).isEqualTo(ENOSYS);
    assertThat(filter.run(X86_64, OPENAT2 - 1)).isEqualTo(EPERM);
  }

  @Test
  void countsRefusedCallsAsKnownToTheProfile() {
    SyscallRule refuse =
        new SyscallRule(List.of("openat2"), SeccompAction.ERRNO, OptionalInt.of(1), List.of());
    ClassicBpf filter = run(compile(errnoByDefault(allow("read"), refuse)));
    assertThat(filter.run(X86_64, OPENAT2)).isEqualTo(EPERM);
    assertThat(filter.run(X86_64, OPENAT2 + 1)).isEqualTo(ENOSYS);
  }

  @Test
  void addsNoHeadToProfilesThatAllowByDefault() {
    SyscallRule deny =
        new SyscallRule(List.of("openat2"), SeccompAction.ERRNO, OptionalInt.empty(), List.of());
    ClassicBpf filter = run(compile(description(SeccompAction.ALLOW, List.of(), deny)));
    assertThat(filter.run(X86_64, OPENAT2)).isEqualTo(EPERM);
    assertThat(filter.run(X86_64, 4711)).isEqualTo(ALLOW);
  }

  @Test
  void killsForArchitecturesOutsideOfTheProfile() {
    ClassicBpf filter = run(compile(errnoByDefault(allow("read"))));
    assertThat(filter.run(I386, 3)).isZero();
    assertThat(filter.run(0xc00000b7, 63)).isZero();
  }

  @Test
  void coversEveryArchitectureOfTheProfile() {
    FilterDescription description =
        description(
            SeccompAction.ERRNO,
            List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"),
            allow("read", "openat2"));
    ClassicBpf filter = run(compile(description));
    assertThat(filter.run(X86_64, READ)).isEqualTo(ALLOW);
    assertThat(filter.run(I386, 3)).isEqualTo(ALLOW);
    assertThat(filter.run(I386, 4)).isEqualTo(EPERM);
    assertThat(filter.run(I386, OPENAT2 + 1)).isEqualTo(ENOSYS);
    assertThat(filter.run(X86_64, 0x40000000 | READ)).isEqualTo(ALLOW);
    assertThat(filter.run(X86_64, 0x40000000 | WRITE)).isEqualTo(EPERM);
    assertThat(filter.run(X86_64, 0x40000000 | (OPENAT2 + 1))).isEqualTo(ENOSYS);
    assertThat(filter.run(X86_64, OPENAT2 + 1)).isEqualTo(ENOSYS);
  }

  @Test
  void comparesArgumentsOfAllBits() {
    ArgumentCondition condition = new ArgumentCondition(0, 0x1_0000_0008L, 0, Comparison.EQ);
    ClassicBpf filter = run(compile(errnoByDefault(allowIf("personality", condition))));
    assertThat(filter.run(X86_64, PERSONALITY, 0x1_0000_0008L)).isEqualTo(ALLOW);
    assertThat(filter.run(X86_64, PERSONALITY, 8)).isEqualTo(EPERM);
  }

  @Test
  void comparesUnderAMask() {
    // Docker's rule for clone: none of the namespace flags.
    ArgumentCondition condition = new ArgumentCondition(0, 0x7E020000, 0, Comparison.MASKED_EQ);
    ClassicBpf filter = run(compile(errnoByDefault(allowIf("clone", condition))));
    assertThat(filter.run(X86_64, CLONE, 0x11)).isEqualTo(ALLOW);
    assertThat(filter.run(X86_64, CLONE, 0x10000000)).isEqualTo(EPERM);
  }

  @Test
  void wantsAllConditionsOnDifferentArguments() {
    ClassicBpf filter =
        run(
            compile(
                errnoByDefault(
                    allowIf(
                        "read",
                        new ArgumentCondition(0, 3, 0, Comparison.EQ),
                        new ArgumentCondition(2, 10, 0, Comparison.LE)))));
    assertThat(filter.run(X86_64, READ, 3, 0, 10)).isEqualTo(ALLOW);
    assertThat(filter.run(X86_64, READ, 3, 0, 11)).isEqualTo(EPERM);
    assertThat(filter.run(X86_64, READ, 4, 0, 10)).isEqualTo(EPERM);
  }

  @Test
  void takesConditionsOnTheSameArgumentAsAlternatives() {
    ClassicBpf filter =
        run(
            compile(
                errnoByDefault(
                    allowIf(
                        "personality",
                        new ArgumentCondition(0, 0, 0, Comparison.EQ),
                        new ArgumentCondition(0, 8, 0, Comparison.EQ)))));
    assertThat(filter.run(X86_64, PERSONALITY, 0)).isEqualTo(ALLOW);
    assertThat(filter.run(X86_64, PERSONALITY, 8)).isEqualTo(ALLOW);
    assertThat(filter.run(X86_64, PERSONALITY, 1)).isEqualTo(EPERM);
  }

  @Test
  void acceptsTheSameRuleTwice() {
    ClassicBpf filter = run(compile(errnoByDefault(allow("read"), allow("read"))));
    assertThat(filter.run(X86_64, READ)).isEqualTo(ALLOW);
  }

  @Test
  void leavesOutAndReportsUnknownSystemCalls() {
    CompiledFilter filter = compile(errnoByDefault(allow("read", "no_such_call", "also_none")));
    assertThat(filter.unknownSyscalls()).containsExactly("no_such_call", "also_none");
    assertThat(run(filter).run(X86_64, READ)).isEqualTo(ALLOW);
  }

  @Test
  void compilesLargeProfilesToATree() {
    String[] names = {
      "accept", "access", "bind", "brk", "capget", "chdir", "chmod", "chown", "close", "connect",
      "dup", "dup2", "execve", "exit", "fchdir", "fchmod", "fchown", "fcntl", "flock", "fork",
      "fstat", "fsync", "futex", "getcwd", "getegid", "geteuid", "getgid", "getpid", "getppid",
      "getuid", "ioctl", "kill", "link", "listen", "lseek", "mkdir", "mmap", "open", "openat",
      "pipe", "poll", "read", "rename", "rmdir", "select", "socket", "stat", "sync", "time",
      "umask", "uname", "unlink", "wait4", "write"
    };
    ClassicBpf filter = run(compile(errnoByDefault(allow(names))));
    assertThat(filter.run(X86_64, READ)).isEqualTo(ALLOW);
    assertThat(filter.run(X86_64, WRITE)).isEqualTo(ALLOW);
    assertThat(filter.run(X86_64, CLONE)).isEqualTo(EPERM);
  }

  @Test
  void compilesAProfileWithoutRules() {
    ClassicBpf filter = run(compile(description(SeccompAction.KILL_PROCESS, List.of())));
    assertThat(filter.run(X86_64, READ)).isEqualTo(KILL_PROCESS);
  }

  @Test
  void leavesSpeculationAloneUnlessFlagsAreGiven() {
    assertThat(compile(errnoByDefault(allow("read"))).flags()).isEqualTo(4);
    assertThat(compile(withFlags(List.of())).flags()).isZero();
  }

  @Test
  void turnsFlagsIntoThoseOfTheSystemCall() {
    CompiledFilter filter =
        compile(withFlags(List.of("SECCOMP_FILTER_FLAG_LOG", "SECCOMP_FILTER_FLAG_TSYNC")));
    assertThat(SeccompFlags.TABLE.format(filter.flags())).isEqualTo("SECCOMP_FILTER_FLAG_LOG");
  }

  @Test
  void asksForADescriptorWhenAnAgentIsNotified() {
    SyscallRule notify =
        new SyscallRule(List.of("mkdir"), SeccompAction.NOTIFY, OptionalInt.empty(), List.of());
    CompiledFilter filter = compile(description(SeccompAction.ALLOW, List.of(), notify));
    assertThat(filter.notifies()).isTrue();
    assertThat(run(filter).run(X86_64, 83)).isEqualTo(0x7fc00000);
  }

  @Test
  void refusesUnknownFlags() {
    assertThatThrownBy(() -> compile(withFlags(List.of("SECCOMP_FILTER_FLAG_X"))))
        .isInstanceOf(SeccompException.class)
        .hasMessage(
            "flag \"SECCOMP_FILTER_FLAG_X\" in the seccomp profile is not known to belljar");
  }

  @Test
  void refusesWaitKillableWithoutNotification() {
    assertThatThrownBy(() -> compile(withFlags(List.of("SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"))))
        .hasMessage("SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV needs a rule with SCMP_ACT_NOTIFY");
  }

  @Test
  void refusesUnknownArchitectures() {
    assertThatThrownBy(() -> compile(description(SeccompAction.ALLOW, List.of("SCMP_ARCH_VAX"))))
        .isInstanceOf(SeccompException.class)
        .hasMessageStartingWith(
            "architecture \"SCMP_ARCH_VAX\" in the seccomp profile: unknown to libseccomp 2.");
  }

  @Test
  void refusesArchitecturesOfAnotherForm() {
    assertThatThrownBy(() -> compile(description(SeccompAction.ALLOW, List.of("x86"))))
        .hasMessage("architecture \"x86\" in the seccomp profile: must start with SCMP_ARCH_");
  }

  private static ClassicBpf run(CompiledFilter filter) {
    return new ClassicBpf(filter.program());
  }

  private static CompiledFilter compile(FilterDescription description) {
    return SeccompCompiler.compile(description);
  }

  private static FilterDescription withFlags(List<String> flags) {
    return new FilterDescription(
        SeccompAction.ERRNO,
        OptionalInt.empty(),
        List.of(),
        Optional.of(flags),
        List.of(allow("read")));
  }

  private static FilterDescription errnoByDefault(SyscallRule... rules) {
    return description(SeccompAction.ERRNO, List.of(), rules);
  }

  private static FilterDescription description(
      SeccompAction action, List<String> architectures, SyscallRule... rules) {
    return new FilterDescription(
        action, OptionalInt.empty(), architectures, Optional.empty(), List.of(rules));
  }

  private static SyscallRule allow(String... names) {
    return new SyscallRule(List.of(names), SeccompAction.ALLOW, OptionalInt.empty(), List.of());
  }

  private static SyscallRule allowIf(String name, ArgumentCondition... conditions) {
    return new SyscallRule(
        List.of(name), SeccompAction.ALLOW, OptionalInt.empty(), List.of(conditions));
  }
}
