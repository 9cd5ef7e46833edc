package io.belljar.plan.step;

import io.belljar.plan.Operation;
import io.belljar.plan.SystemCall;
import java.util.List;

/**
 * One thing that the launcher does: a system call or a small fixed group of them.
 *
 * <p>Steps are values: equal when they do the same. The components of each are in the order of its
 * {@link Operation}'s arguments.
 */
public sealed interface Step
    permits FileStep, MountStep, NamespaceStep, ProcessStep, GroupStep, IdentityStep {
  /** What the launcher is told to do. */
  Operation operation();

  /**
   * The arguments in the order of the operation's table: Number, Slot, Role, String, Bytes or
   * {@code List<String>}.
   */
  List<Object> arguments();

  /** The system calls that the step makes, in order. */
  default List<SystemCall> calls() {
    return switch (this) {
      case FileStep step -> FileCalls.of(step).list();
      case MountStep step -> MountCalls.of(step).list();
      case NamespaceStep step -> NamespaceCalls.of(step).list();
      case ProcessStep step -> ProcessCalls.of(step).list();
      case GroupStep step -> GroupCalls.of(step).list();
      case IdentityStep step -> IdentityCalls.of(step).list();
    };
  }
}
