package io.belljar.assembly;

import io.belljar.InvalidIsolationException;
import io.belljar.Namespaces;
import io.belljar.Sharing;
import io.belljar.spec.linux.IdMapping;
import io.belljar.spec.linux.Namespace;
import io.belljar.spec.linux.NamespaceType;
import java.util.ArrayList;
import java.util.List;

/** {@code linux.namespaces} of a description. */
final class NamespaceAssembly {
  /** Every user but the one that is none (user_namespaces(7)). */
  private static final long EVERYBODY = 0xFFFF_FFFFL;

  private NamespaceAssembly() {}

  static List<Namespace> namespaces(Namespaces shared, Situation situation) {
    List<Namespace> namespaces = new ArrayList<>();
    add(namespaces, NamespaceType.USER, shared.user(), "userns", "user", situation);
    namespaces.add(Namespace.created(NamespaceType.MOUNT));
    namespaces.add(Namespace.created(NamespaceType.CGROUP));
    add(namespaces, NamespaceType.NETWORK, shared.network(), "network", "net", situation);
    add(namespaces, NamespaceType.UTS, shared.uts(), "uts", "uts", situation);
    add(namespaces, NamespaceType.PID, shared.pid(), "pid", "pid", situation);
    add(namespaces, NamespaceType.IPC, shared.ipc(), "ipc", "ipc", situation);
    return List.copyOf(namespaces);
  }

  private static void add(
      List<Namespace> namespaces,
      NamespaceType type,
      Sharing sharing,
      String option,
      String file,
      Situation situation) {
    switch (sharing) {
      case Sharing.Private _ -> namespaces.add(Namespace.created(type));
      case Sharing.Host _ -> {}
      case Sharing.OfContainer(String name) -> {
        int pid =
            situation
                .containers()
                .apply(name)
                .orElseThrow(() ->
                    new InvalidIsolationException(
                        option, "container:" + name + ": no such container runs"));
        namespaces.add(Namespace.joined(type, "/proc/" + pid + "/ns/" + file));
      }
    }
  }

  /**
   * Everybody is himself: files keep their owners, while a new namespace takes all power over the
   * host away from the container's root.
   */
  static List<IdMapping> mappings(Namespaces shared) {
    return shared.user().equals(Sharing.PRIVATE)
        ? List.of(new IdMapping(0, 0, EVERYBODY))
        : List.of();
  }
}
