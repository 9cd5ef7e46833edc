package io.belljar.spec.seccomp;

import io.belljar.spec.order.Ordered;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * {@code linux.seccomp}.
 *
 * @param defaultAction what happens to a system call that no rule names
 * @param defaultErrnoRet the errno of that action, or its trace message; absent is EPERM
 * @param architectures the architectures whose system calls are filtered besides the native one
 * @param flags of seccomp(2)
 * @param listenerPath the socket of the agent that answers {@code SCMP_ACT_NOTIFY}
 * @param listenerMetadata what the agent is told
 * @param syscalls the rules
 */
public record Seccomp(
    SeccompAction defaultAction,
    OptionalInt defaultErrnoRet,
    Set<SeccompArchitecture> architectures,
    Set<SeccompFlag> flags,
    Optional<String> listenerPath,
    Optional<String> listenerMetadata,
    List<Syscall> syscalls) {
  public Seccomp {
    architectures = Ordered.copy(architectures);
    flags = Ordered.copy(flags);
    syscalls = List.copyOf(syscalls);
  }

  /** A filter without flags and listener. */
  public static Seccomp of(
      SeccompAction defaultAction,
      OptionalInt defaultErrnoRet,
      Set<SeccompArchitecture> architectures,
      List<Syscall> syscalls) {
    return new Seccomp(
        defaultAction,
        defaultErrnoRet,
        architectures,
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        syscalls);
  }

  /** Whether any rule asks the agent. */
  public boolean notifies() {
    return syscalls.stream().anyMatch(rule -> rule.action() == SeccompAction.SCMP_ACT_NOTIFY);
  }
}
