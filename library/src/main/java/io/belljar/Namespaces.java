package io.belljar;

import java.util.Optional;

/**
 * What a container shares, kind by kind; mounts and cgroups it always sees as its own.
 *
 * @param network private: only {@code lo}
 * @param pid private: its first process is process 1
 * @param ipc private: System V and POSIX message queues, semaphores and shared memory
 * @param uts private: host name
 * @param user private: the users are the same, but its root has no power over what is the host's;
 *     empty: the host's, or private where an ordinary user starts it, who cannot do without
 */
public record Namespaces(
    Sharing network, Sharing pid, Sharing ipc, Sharing uts, Optional<Sharing> user) {
  /** Everything is its own but the users: Docker's default. */
  public static final Namespaces DEFAULT =
      new Namespaces(
          Sharing.PRIVATE, Sharing.PRIVATE, Sharing.PRIVATE, Sharing.PRIVATE, Optional.empty());

  /** The same with this network. */
  public Namespaces network(Sharing sharing) {
    return new Namespaces(sharing, pid, ipc, uts, user);
  }

  /** The same with these processes. */
  public Namespaces pid(Sharing sharing) {
    return new Namespaces(network, sharing, ipc, uts, user);
  }

  /** The same with this interprocess communication. */
  public Namespaces ipc(Sharing sharing) {
    return new Namespaces(network, pid, sharing, uts, user);
  }

  /** The same with this host name. */
  public Namespaces uts(Sharing sharing) {
    return new Namespaces(network, pid, ipc, sharing, user);
  }

  /** The same with these users. */
  public Namespaces user(Sharing sharing) {
    return new Namespaces(network, pid, ipc, uts, Optional.of(sharing));
  }
}
