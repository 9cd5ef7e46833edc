package io.belljar.spec.seccomp;

import java.util.List;
import java.util.OptionalInt;

/**
 * {@code linux.seccomp.syscalls[]}: one rule.
 *
 * @param names the system calls, at least one; names that this kernel does not know are possible
 * @param action what happens to them
 * @param errnoRet the errno of the action, or its trace message; absent is EPERM
 * @param args conditions on the arguments, all of which must hold
 */
public record Syscall(
    List<String> names, SeccompAction action, OptionalInt errnoRet, List<SyscallArgument> args) {
  public Syscall {
    names = List.copyOf(names);
    args = List.copyOf(args);
  }

  /** A rule without conditions. */
  public static Syscall of(SeccompAction action, List<String> names) {
    return new Syscall(names, action, OptionalInt.empty(), List.of());
  }
}
