package io.belljar.linux.seccomp;

import java.util.List;
import java.util.Set;

/**
 * The filters of a process. The kernel asks all of them, and the strictest answer counts
 * (seccomp(2)).
 */
public record FilterSet(List<FilterProgram> filters) {
  private static final int ACTION = 0xffff0000;
  private static final int ALLOW = 0x7fff0000;
  private static final int LOG = 0x7ffc0000;
  private static final int TRACE = 0x7ff00000;
  private static final int USER_NOTIFICATION = 0x7fc00000;

  /** Copies the list. */
  public FilterSet {
    filters = List.copyOf(filters);
  }

  /**
   * What becomes of this system call.
   *
   * @param architecture AUDIT_ARCH_*
   * @throws SeccompException for a program that cannot be followed
   */
  public CallVerdict verdict(int architecture, int number) {
    boolean always = true;
    boolean supervised = false;
    for (FilterProgram filter : filters) {
      Set<Integer> answers = filter.answers(architecture, number);
      boolean passes = answers.stream().anyMatch(FilterSet::allows);
      boolean asks = answers.stream().anyMatch(FilterSet::asks);
      if (!passes && !asks) {
        return CallVerdict.REFUSED;
      }
      supervised |= !passes;
      always &= answers.stream().allMatch(FilterSet::allows);
    }
    if (supervised) {
      return CallVerdict.SUPERVISED;
    }
    return always ? CallVerdict.ALLOWED : CallVerdict.SOMETIMES;
  }

  private static boolean allows(int answer) {
    return (answer & ACTION) == ALLOW || (answer & ACTION) == LOG;
  }

  private static boolean asks(int answer) {
    return (answer & ACTION) == TRACE || (answer & ACTION) == USER_NOTIFICATION;
  }
}
