package io.belljar.plan.step;

import io.belljar.plan.Operation;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import java.util.List;

/** Steps that make and enter namespaces, namespaces(7). */
public sealed interface NamespaceStep extends Step {
  /**
   * Starts another process of the plan, in new namespaces (clone3(2)).
   *
   * <p>The child dies with its parent until told otherwise, is not dumpable, and holds its own
   * channel and the slots.
   *
   * @param flags CLONE_NEW* and CLONE_PARENT
   * @param group the cgroup v2 directory to start in; {@link Slot#NONE} for the parent's
   */
  record Fork(Role process, long flags, Slot group) implements NamespaceStep {
    @Override
    public Operation operation() {
      return Operation.FORK;
    }

    @Override
    public List<Object> arguments() {
      return List.of(process, flags, group);
    }
  }

  /**
   * Enters an existing namespace (setns(2)).
   *
   * @param descriptor a namespace's file, or a pidfd for several kinds at once
   * @param kinds CLONE_NEW*
   * @param again 1: only when an earlier one of this slot failed with a tolerated error, as joining
   *     a user namespace in between may have given the privileges
   */
  record Join(Slot descriptor, long kinds, long again) implements NamespaceStep {
    /** In any case. */
    public Join(Slot descriptor, long kinds) {
      this(descriptor, kinds, 0);
    }

    @Override
    public Operation operation() {
      return Operation.JOIN;
    }

    @Override
    public List<Object> arguments() {
      return List.of(descriptor, kinds, again);
    }
  }

  /**
   * Opens the user namespace that owns another namespace, or is its parent (NS_GET_USERNS,
   * ioctl_nsfs(2)).
   *
   * @param namespace a namespace's file; may be the same slot
   */
  record OpenOwner(Slot slot, Slot namespace) implements NamespaceStep {
    @Override
    public Operation operation() {
      return Operation.OPEN_OWNER;
    }

    @Override
    public List<Object> arguments() {
      return List.of(slot, namespace);
    }
  }

  /**
   * Opens the network namespace of a socket that another process holds (pidfd_getfd(2), SIOCGSKNS).
   *
   * @param pidfd the process
   * @param descriptor its number of the socket
   */
  record OpenOfSocket(Slot slot, Slot pidfd, int descriptor) implements NamespaceStep {
    @Override
    public Operation operation() {
      return Operation.OPEN_OF_SOCKET;
    }

    @Override
    public List<Object> arguments() {
      return List.of(slot, pidfd, descriptor);
    }
  }

  /**
   * Leaves shared namespaces for new ones (unshare(2)).
   *
   * @param flags CLONE_NEW*
   */
  record Unshare(long flags) implements NamespaceStep {
    @Override
    public Operation operation() {
      return Operation.UNSHARE;
    }

    @Override
    public List<Object> arguments() {
      return List.of(flags);
    }
  }

  /**
   * Enters the time namespace made for children, once its offsets are written (time_namespaces(7)).
   */
  record JoinTime() implements NamespaceStep {
    @Override
    public Operation operation() {
      return Operation.JOIN_TIME;
    }

    @Override
    public List<Object> arguments() {
      return List.of();
    }
  }
}
