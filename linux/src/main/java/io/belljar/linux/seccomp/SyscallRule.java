package io.belljar.linux.seccomp;

import java.util.List;
import java.util.OptionalInt;

/**
 * What the filter answers to some system calls.
 *
 * @param names the names of the system calls
 * @param errno for ERRNO and TRACE; EPERM where empty
 * @param conditions all of them must hold. Where two are on the same argument, each is a rule of
 *     its own instead: any of them is enough (as runc has always done)
 */
public record SyscallRule(
    List<String> names,
    SeccompAction action,
    OptionalInt errno,
    List<ArgumentCondition> conditions) {
  /** Copies the lists. */
  public SyscallRule {
    names = List.copyOf(names);
    conditions = List.copyOf(conditions);
    FilterDescription.checkErrno(action, errno);
  }

  boolean hasTwoConditionsOnOneArgument() {
    return conditions.stream().map(ArgumentCondition::index).distinct().count() < conditions.size();
  }
}
