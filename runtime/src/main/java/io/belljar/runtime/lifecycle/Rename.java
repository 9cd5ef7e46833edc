package io.belljar.runtime.lifecycle;

import io.belljar.runtime.ContainerId;
import io.belljar.runtime.state.StateStore;
import java.util.Optional;

/**
 * {@code rename}: gives a container another name. Its id, its cgroups and its host name stay as
 * they are.
 */
public final class Rename {
  private Rename() {}

  /**
   * Renames the container.
   *
   * @param name of the form of an id; no other container may have it as its name or id
   * @throws LifecycleException when there is no such container, or the name is taken
   */
  public static void run(Invocation invocation, ContainerId id, ContainerId name) {
    Recovery.sweep(invocation);
    if (id.equals(name)) {
      try (StateStore.Lock _ = invocation.lock(id)) {
        rename(invocation, id, name);
      }
      return;
    }
    // In one order, so that two that rename crosswise do not wait for each other.
    boolean first = id.value().compareTo(name.value()) < 0;
    try (StateStore.Lock _ = invocation.lock(first ? id : name);
        StateStore.Lock _ = invocation.lock(first ? name : id)) {
      rename(invocation, id, name);
    }
  }

  private static void rename(Invocation invocation, ContainerId id, ContainerId name) {
    invocation.require(id);
    StateStore store = invocation.store();
    Optional<ContainerId> other =
        Optional.of(name)
            .filter(taken -> store.exists(taken) || store.marker(taken).isPresent())
            .or(() -> store.named(name.value()))
            .filter(found -> !found.equals(id));
    if (other.isPresent()) {
      throw new LifecycleException(
          "the name %s is in use by container %s; remove or rename that one first"
              .formatted(name, other.get().shortForm()));
    }
    store.rename(id, name);
  }
}
