package io.belljar.linux.seccomp;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A seccomp filter as a profile describes it ({@code linux.seccomp} of the OCI runtime
 * specification).
 *
 * @param defaultAction the answer to every call that no rule is about
 * @param defaultErrno for the default actions ERRNO and TRACE; EPERM where empty
 * @param architectures {@code SCMP_ARCH_*}; the machine's own is always among them
 * @param flags {@code SECCOMP_FILTER_FLAG_*}; empty means the default, SPEC_ALLOW, which an empty
 *     list does not
 */
public record FilterDescription(
    SeccompAction defaultAction,
    OptionalInt defaultErrno,
    List<String> architectures,
    Optional<List<String>> flags,
    List<SyscallRule> rules) {
  private static final int MAX_DATA = 0xffff;

  /**
   * Copies the lists and checks what holds without libseccomp.
   *
   * @throws SeccompException for a profile that no filter can carry out
   */
  public FilterDescription {
    architectures = List.copyOf(architectures);
    flags = flags.map(List::copyOf);
    rules = List.copyOf(rules);
    checkErrno(defaultAction, defaultErrno);
    if (defaultAction == SeccompAction.NOTIFY) {
      throw new SeccompException("SCMP_ACT_NOTIFY cannot be the default action of a profile");
    }
    for (SyscallRule rule : rules) {
      // The descriptor for notifications is sent with write(2) after the filter is in force; the
      // agent that would have to answer that call does not have it yet.
      if (rule.action() == SeccompAction.NOTIFY && rule.names().contains("write")) {
        throw new SeccompException("SCMP_ACT_NOTIFY cannot be used for the system call write");
      }
    }
  }

  /** Whether an agent is asked for some system calls. */
  public boolean notifies() {
    return rules.stream().anyMatch(rule -> rule.action() == SeccompAction.NOTIFY);
  }

  static void checkErrno(SeccompAction action, OptionalInt errno) {
    if (errno.isPresent() && !action.takesErrno()) {
      throw new SeccompException(
          "errnoRet "
              + errno.getAsInt()
              + " in the seccomp profile: "
              + action.ociName()
              + " takes none, only SCMP_ACT_ERRNO and SCMP_ACT_TRACE do");
    }
    if (errno.isPresent() && (errno.getAsInt() < 0 || errno.getAsInt() > MAX_DATA)) {
      throw new SeccompException(
          "errnoRet " + errno.getAsInt() + " in the seccomp profile: must be from 0 to 65535");
    }
  }
}
