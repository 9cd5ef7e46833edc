package io.belljar.linux.seccomp;

import io.belljar.linux.Errno;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a seccomp filter answers to a system call (seccomp(2), {@code linux/seccomp.h}). The
 * constant is the OCI document's name without its prefix {@code SCMP_ACT_}.
 */
public enum SeccompAction {
  KILL(0x00000000, false, false),
  KILL_THREAD(0x00000000, false, false),
  KILL_PROCESS(0x80000000, false, false),
  TRAP(0x00030000, false, false),
  ERRNO(0x00050000, true, false),
  TRACE(0x7ff00000, true, true),
  ALLOW(0x7fff0000, false, true),
  LOG(0x7ffc0000, false, true),
  NOTIFY(0x7fc00000, false, false);

  private static final String PREFIX = "SCMP_ACT_";
  private static final int DATA_MASK = 0xffff;

  private final int value;
  private final boolean takesErrno;
  private final boolean permissive;

  SeccompAction(int value, boolean takesErrno, boolean permissive) {
    this.value = value;
    this.takesErrno = takesErrno;
    this.permissive = permissive;
  }

  /** The name in OCI documents: {@code SCMP_ACT_ERRNO}. */
  public String ociName() {
    return PREFIX + name();
  }

  /** The action of this name in an OCI document. */
  public static Optional<SeccompAction> ofOciName(String name) {
    for (SeccompAction action : values()) {
      if (action.ociName().equals(name)) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }

  /** Whether it carries a number: an errno, or a message to the tracer. */
  public boolean takesErrno() {
    return takesErrno;
  }

  /**
   * Whether a call that the filter does not know goes on: to the kernel, or to a tracer that is
   * then expected to know new system calls itself.
   */
  boolean isPermissive() {
    return permissive;
  }

  /** The filter's return value; the errno is EPERM where the document has none. */
  int returnValue(OptionalInt errno) {
    return takesErrno ? value | (errno.orElse(Errno.EPERM.number()) & DATA_MASK) : value;
  }
}
