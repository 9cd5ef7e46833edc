package io.belljar.runtime.seccomp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belljar.plan.Bytes;
import io.belljar.spec.seccomp.Seccomp;
import io.belljar.spec.seccomp.SeccompAction;
import io.belljar.spec.seccomp.SeccompArchitecture;
import io.belljar.spec.seccomp.SeccompOperator;
import io.belljar.spec.seccomp.Syscall;
import io.belljar.spec.seccomp.SyscallArgument;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SocketcallGuardTest {
  private static final Syscall CHOOSY =
      new Syscall(
          List.of("socket"),
          SeccompAction.SCMP_ACT_ALLOW,
          OptionalInt.empty(),
          List.of(new SyscallArgument(0, 38, 0, SeccompOperator.SCMP_CMP_NE)));
  private static final Syscall ANY_SOCKET =
      Syscall.of(SeccompAction.SCMP_ACT_ALLOW, List.of("socket"));
  private static final Syscall SOCKETCALL =
      Syscall.of(SeccompAction.SCMP_ACT_ALLOW, List.of("socketcall"));

  @Test
  void isNeededWhereFamiliesAreChosen() {
    assertTrue(SocketcallGuard.isNeeded(profile(CHOOSY)));
    assertFalse(SocketcallGuard.isNeeded(profile(ANY_SOCKET)));
  }

  @Test
  void leavesAProfileAloneThatNamesSocketcallItself() {
    assertFalse(SocketcallGuard.isNeeded(profile(CHOOSY, SOCKETCALL)));
  }

  @Test
  void leavesAProfileAloneThatAllowsByDefault() {
    assertFalse(
        SocketcallGuard.isNeeded(
            Seccomp.of(
                SeccompAction.SCMP_ACT_ALLOW,
                OptionalInt.empty(),
                Set.of(SeccompArchitecture.SCMP_ARCH_X86),
                List.of(CHOOSY))));
  }

  @Test
  void refusesSocketOnlyAndWithTheProfilesErrno() {
    byte[] allow =
        ByteBuffer.allocate(8)
            .order(ByteOrder.nativeOrder())
            .putShort((short) 0x06)
            .putShort((short) 0)
            .putInt(FilterMachine.ALLOW)
            .array();
    FilterMachine machine =
        new FilterMachine(
            new CallFilter(Bytes.of(SocketcallGuard.before(allow, profile(CHOOSY))), 0));

    assertEquals(FilterMachine.errno(93), machine.answer(FilterMachine.I386, 102, 1));
    assertEquals(FilterMachine.ALLOW, machine.answer(FilterMachine.I386, 102, 3));
    assertEquals(FilterMachine.ALLOW, machine.answer(FilterMachine.I386, 101, 1));
    assertEquals(FilterMachine.ALLOW, machine.answer(FilterMachine.X86_64, 102, 1));
  }

  private static Seccomp profile(Syscall... rules) {
    return Seccomp.of(
        SeccompAction.SCMP_ACT_ERRNO,
        OptionalInt.of(93),
        Set.of(SeccompArchitecture.SCMP_ARCH_X86),
        List.of(rules));
  }
}
