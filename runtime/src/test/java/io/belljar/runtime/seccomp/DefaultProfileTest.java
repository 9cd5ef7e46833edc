package io.belljar.runtime.seccomp;

import static io.belljar.runtime.seccomp.FilterMachine.ALLOW;
import static io.belljar.runtime.seccomp.FilterMachine.I386;
import static io.belljar.runtime.seccomp.FilterMachine.X86_64;
import static io.belljar.runtime.seccomp.FilterMachine.errno;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belljar.linux.Capability;
import io.belljar.linux.Machine;
import io.belljar.runtime.KernelVersion;
import io.belljar.spec.seccomp.Seccomp;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(
    named = "os.arch",
    matches = "amd64",
    disabledReason = "the numbers of system calls here are those of x86-64")
class DefaultProfileTest {
  private static final KernelVersion NEW = new KernelVersion(6, 18);
  private static final Set<Capability> NONE = Set.of();
  private static final int EPERM = errno(1);
  private static final int ENOSYS = errno(38);

  // From asm/unistd_64.h and asm/unistd_32.h.
  private static final int SOCKET = 41;
  private static final int CLONE = 56;
  private static final int MOUNT = 165;
  private static final int UNSHARE = 272;
  private static final int IO_URING_SETUP = 425;
  private static final int CLONE3 = 435;
  private static final int SOCKET_32 = 359;
  private static final int SOCKETCALL_32 = 102;

  private static final int AF_UNIX = 1;
  private static final int AF_INET = 2;
  private static final int AF_NETLINK = 16;
  private static final int AF_ALG = 38;
  private static final int AF_VSOCK = 40;

  private static final FilterMachine PLAIN = machine(NONE);

  private static FilterMachine machine(Set<Capability> bounding) {
    return new FilterMachine(
        new SeccompFilters(Optional.empty()).compile(DefaultProfile.resolve(bounding, NEW)));
  }

  // CVE-2026-31431
  @Test
  void refusesKernelCryptographySockets() {
    assertEquals(EPERM, PLAIN.answer(X86_64, SOCKET, AF_ALG));
    assertEquals(EPERM, PLAIN.answer(I386, SOCKET_32, AF_ALG));
  }

  @Test
  void refusesTheWayAroundThroughSocketcall() {
    assertEquals(EPERM, PLAIN.answer(I386, SOCKETCALL_32, 1));
  }

  @Test
  void allowsOrdinarySockets() {
    for (int family : new int[] {AF_UNIX, AF_INET, AF_NETLINK}) {
      assertEquals(ALLOW, PLAIN.answer(X86_64, SOCKET, family));
      assertEquals(ALLOW, PLAIN.answer(I386, SOCKET_32, family));
    }
    assertEquals(EPERM, PLAIN.answer(X86_64, SOCKET, AF_VSOCK));
  }

  @Test
  void allowsEverythingElseThroughSocketcall() {
    for (int call = 2; call <= 20; call++) {
      assertEquals(ALLOW, PLAIN.answer(I386, SOCKETCALL_32, call), "socketcall " + call);
    }
  }

  @Test
  void allowsNoRings() {
    assertEquals(EPERM, PLAIN.answer(X86_64, IO_URING_SETUP));
    Seccomp everything = DefaultProfile.resolve(EnumSet.allOf(Capability.class), NEW);
    assertTrue(
        everything.syscalls().stream()
            .flatMap(rule -> rule.names().stream())
            .noneMatch(name -> name.startsWith("io_uring")));
  }

  @Test
  void allowsThreadsButNoNamespaces() {
    assertEquals(ALLOW, PLAIN.answer(X86_64, CLONE, 0x3d0f00));
    assertEquals(EPERM, PLAIN.answer(X86_64, CLONE, 0x10000000L));
    assertEquals(ENOSYS, PLAIN.answer(X86_64, CLONE3));
    assertEquals(EPERM, PLAIN.answer(X86_64, UNSHARE));
    assertEquals(EPERM, PLAIN.answer(X86_64, MOUNT));
  }

  @Test
  void allowsNamespacesAndMountsToWhoMayAdministerTheSystem() {
    FilterMachine administrator = machine(Set.of(Capability.CAP_SYS_ADMIN));

    assertEquals(ALLOW, administrator.answer(X86_64, CLONE, 0x10000000L));
    assertEquals(ALLOW, administrator.answer(X86_64, CLONE3));
    assertEquals(ALLOW, administrator.answer(X86_64, MOUNT));
    assertEquals(EPERM, administrator.answer(X86_64, SOCKET, AF_ALG));
    assertEquals(EPERM, administrator.answer(I386, SOCKETCALL_32, 1));
  }

  @Test
  void answersThatNewerCallsDoNotExist() {
    assertEquals(ENOSYS, PLAIN.answer(X86_64, 9999));
  }

  @Test
  void tracesOnlyOnKernelsWhereItIsSafe() {
    assertTrue(names(NONE, new KernelVersion(4, 8), Machine.X86_64).contains("ptrace"));
    assertFalse(names(NONE, new KernelVersion(4, 7), Machine.X86_64).contains("ptrace"));
    assertTrue(
        names(Set.of(Capability.CAP_SYS_PTRACE), new KernelVersion(4, 7), Machine.X86_64)
            .contains("ptrace"));
  }

  @Test
  void differsByMachineOnlyWhereTheMachinesDo() {
    Set<String> here = new TreeSet<>(names(NONE, NEW, Machine.X86_64));
    Set<String> there = new TreeSet<>(names(NONE, NEW, Machine.AARCH64));
    Set<String> common = new TreeSet<>(here);
    common.retainAll(there);
    here.removeAll(common);
    there.removeAll(common);

    assertEquals(Set.of("arch_prctl", "modify_ldt"), here);
    assertEquals(
        Set.of(
            "arm_fadvise64_64",
            "arm_sync_file_range",
            "breakpoint",
            "cacheflush",
            "set_tls",
            "sync_file_range2"),
        there);
  }

  private static List<String> names(
      Set<Capability> bounding, KernelVersion kernel, Machine machine) {
    return DefaultProfile.resolve(bounding, kernel, machine).syscalls().stream()
        .flatMap(rule -> rule.names().stream())
        .distinct()
        .toList();
  }
}
