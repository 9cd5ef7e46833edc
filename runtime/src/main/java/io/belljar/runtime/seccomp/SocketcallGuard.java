package io.belljar.runtime.seccomp;

import io.belljar.spec.seccomp.Seccomp;
import io.belljar.spec.seccomp.SeccompAction;
import io.belljar.spec.seccomp.SeccompArchitecture;
import io.belljar.spec.seccomp.Syscall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A head for filters that choose among socket families, which 32-bit x86 programs could otherwise
 * go around.
 *
 * <p>Such a program may call socket(2) through socketcall(2), whose arguments lie in memory, where
 * no filter sees them. libseccomp then lets the whole of {@code socketcall(SYS_SOCKET)} pass, and
 * with it the families that the profile leaves out (AF_ALG: CVE-2026-31431). The head refuses it,
 * as the profile's default would; 32-bit programs have had a socket system call of their own since
 * Linux 4.3. A profile that names socketcall itself, without a condition, has decided otherwise.
 */
final class SocketcallGuard {
  private static final int AUDIT_ARCH_I386 = 0x40000003;
  private static final int SOCKETCALL = 102;
  private static final int SYS_SOCKET = 1;
  private static final int LOAD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int RETURN = 0x06;
  private static final int RETURN_ERRNO = 0x00050000;
  private static final int EPERM = 1;
  // Offsets in struct seccomp_data; the lower half of the first argument comes first on x86.
  private static final int NUMBER = 0;
  private static final int ARCHITECTURE = 4;
  private static final int FIRST_ARGUMENT = 16;

  private SocketcallGuard() {}

  static boolean isNeeded(Seccomp profile) {
    return profile.architectures().contains(SeccompArchitecture.SCMP_ARCH_X86)
        && isRefusing(profile.defaultAction())
        && profile.syscalls().stream().anyMatch(rule -> allows(rule, "socket", true))
        && profile.syscalls().stream().noneMatch(rule -> allows(rule, "socket", false))
        && profile.syscalls().stream().noneMatch(rule -> allows(rule, "socketcall", false));
  }

  private static boolean isRefusing(SeccompAction action) {
    return action != SeccompAction.SCMP_ACT_ALLOW && action != SeccompAction.SCMP_ACT_LOG;
  }

  private static boolean allows(Syscall rule, String name, boolean conditional) {
    return rule.action() == SeccompAction.SCMP_ACT_ALLOW
        && rule.names().contains(name)
        && conditional != rule.args().isEmpty();
  }

  /** The program with the head before it. */
  static byte[] before(byte[] program, Seccomp profile) {
    int errno =
        profile.defaultAction() == SeccompAction.SCMP_ACT_ERRNO
            ? profile.defaultErrnoRet().orElse(EPERM)
            : EPERM;
    ByteBuffer guarded = ByteBuffer.allocate(7 * 8 + program.length).order(ByteOrder.nativeOrder());
    put(guarded, LOAD, 0, 0, ARCHITECTURE);
    put(guarded, JUMP_IF_EQUAL, 0, 5, AUDIT_ARCH_I386);
    put(guarded, LOAD, 0, 0, NUMBER);
    put(guarded, JUMP_IF_EQUAL, 0, 3, SOCKETCALL);
    put(guarded, LOAD, 0, 0, FIRST_ARGUMENT);
    put(guarded, JUMP_IF_EQUAL, 0, 1, SYS_SOCKET);
    put(guarded, RETURN, 0, 0, RETURN_ERRNO | errno);
    return guarded.put(program).array();
  }

  private static void put(ByteBuffer program, int code, int ifTrue, int ifFalse, int operand) {
    program.putShort((short) code).put((byte) ifTrue).put((byte) ifFalse).putInt(operand);
  }
}
