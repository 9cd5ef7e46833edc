package io.belljar.runtime.lifecycle;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.NamespaceId;
import io.belljar.linux.proc.ProcException;
import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.state.LiveContainer;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** {@code top}: the processes of a container. */
public final class ContainerProcesses {
  private ContainerProcesses() {}

  /**
   * Their ids, ascending: those in its groups; where it has none, those in its pid namespace.
   *
   * @throws LifecycleException when it does not exist, or does not run
   */
  public static List<Integer> of(Invocation invocation, ContainerId id) {
    LiveContainer container = invocation.requireVisible(id);
    ProcessIdentity first =
        container
            .process()
            .orElseThrow(
                () -> new LifecycleException("container " + container.name() + " is not running"));
    TreeSet<Integer> found = new TreeSet<>(invocation.groups(container.stored()).members());
    found.remove(0); // of a pid namespace that cannot be seen from here
    if (found.isEmpty()) {
      found.addAll(inNamespaceOf(invocation, first));
      found.add(first.pid());
    }
    return List.copyOf(found);
  }

  private static List<Integer> inNamespaceOf(Invocation invocation, ProcessIdentity first) {
    ProcFs proc = invocation.observer().proc();
    Optional<NamespaceId> own = proc.namespace(first.pid(), NamespaceKind.PID);
    if (own.isEmpty()
        || own.equals(proc.namespace(invocation.launcher().pid(), NamespaceKind.PID))) {
      return List.of();
    }
    return proc.processes().stream().filter(pid -> isIn(proc, pid, own)).toList();
  }

  private static boolean isIn(ProcFs proc, int pid, Optional<NamespaceId> namespace) {
    try {
      return proc.namespace(pid, NamespaceKind.PID).equals(namespace);
    } catch (ProcException _) {
      return false; // another user's
    }
  }
}
