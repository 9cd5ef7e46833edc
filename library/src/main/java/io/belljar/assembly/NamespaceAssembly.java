package io.belljar.assembly;

import io.belljar.InvalidIsolationException;
import io.belljar.Namespaces;
import io.belljar.Sharing;
import io.belljar.spec.linux.IdMapping;
import io.belljar.spec.linux.Namespace;
import io.belljar.spec.linux.NamespaceType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code linux.namespaces} and the maps of users of a description. */
final class NamespaceAssembly {
  /** Every user but the one that is none (user_namespaces(7)). */
  private static final long EVERYBODY = 0xFFFF_FFFFL;

  private final Namespaces shared;
  private final Situation situation;

  NamespaceAssembly(Namespaces shared, Situation situation) {
    this.shared = shared;
    this.situation = situation;
  }

  List<Namespace> namespaces() {
    List<Namespace> namespaces = new ArrayList<>();
    add(namespaces, NamespaceType.USER, users(), "userns", "user");
    namespaces.add(Namespace.created(NamespaceType.MOUNT));
    namespaces.add(Namespace.created(NamespaceType.CGROUP));
    add(namespaces, NamespaceType.NETWORK, shared.network(), "network", "net");
    add(namespaces, NamespaceType.UTS, shared.uts(), "uts", "uts");
    add(namespaces, NamespaceType.PID, shared.pid(), "pid", "pid");
    add(namespaces, NamespaceType.IPC, shared.ipc(), "ipc", "ipc");
    return List.copyOf(namespaces);
  }

  /**
   * An ordinary user needs users of its own; to share something with another of its containers, it
   * has to be in that one's, to whom it belongs.
   */
  private Sharing users() {
    if (situation.ordinary().isEmpty()) {
      return shared.user().orElse(Sharing.HOST);
    }
    Sharing users = shared.user().orElseGet(this::togetherOrAlone);
    if (users.equals(Sharing.HOST)) {
      throw new InvalidIsolationException(
          "userns",
          "host: only root can start a container without users of its own, as without them an"
              + " ordinary user may make no other namespace; leave it out");
    }
    return users;
  }

  private Sharing togetherOrAlone() {
    return Stream.of(shared.network(), shared.uts(), shared.pid(), shared.ipc())
        .filter(Sharing.OfContainer.class::isInstance)
        .findFirst()
        .orElse(Sharing.PRIVATE);
  }

  private void add(
      List<Namespace> namespaces, NamespaceType type, Sharing sharing, String option, String file) {
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

  List<IdMapping> userMappings() {
    return users().equals(Sharing.PRIVATE)
        ? situation.ordinary().map(OrdinaryUser::users).orElseGet(NamespaceAssembly::everybody)
        : List.of();
  }

  List<IdMapping> groupMappings() {
    return users().equals(Sharing.PRIVATE)
        ? situation.ordinary().map(OrdinaryUser::groups).orElseGet(NamespaceAssembly::everybody)
        : List.of();
  }

  /**
   * Everybody is himself: files keep their owners, while a new namespace takes all power over the
   * host away from the container's root.
   */
  private static List<IdMapping> everybody() {
    return List.of(new IdMapping(0, 0, EVERYBODY));
  }
}
