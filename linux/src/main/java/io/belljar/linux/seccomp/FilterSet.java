package io.belljar.linux.seccomp;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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
   * What becomes of these system calls, by number.
   *
   * @param architecture AUDIT_ARCH_*
   * @throws SeccompException for a program that cannot be followed, and for too much of them
   */
  public SortedMap<Integer, CallVerdict> verdicts(int architecture, Collection<Integer> numbers) {
    StepBudget budget = new StepBudget();
    SortedMap<Integer, CallVerdict> verdicts = new TreeMap<>();
    for (int number : numbers) {
      verdicts.put(number, verdict(architecture, number, budget));
    }
    return verdicts;
  }

  private CallVerdict verdict(int architecture, int number, StepBudget budget) {
    boolean always = true;
    boolean supervised = false;
    for (FilterProgram filter : filters) {
      Set<Integer> answers = filter.answers(architecture, number, budget);
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
