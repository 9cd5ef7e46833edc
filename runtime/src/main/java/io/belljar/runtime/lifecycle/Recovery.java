package io.belljar.runtime.lifecycle;

import io.belljar.runtime.ContainerId;
import io.belljar.runtime.rootfs.RootfsException;
import io.belljar.runtime.rootfs.Tree;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.Marker;
import io.belljar.runtime.state.StateException;
import io.belljar.runtime.state.StateStore;
import io.belljar.runtime.state.StoredContainer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Cleans up after launchers and planners that were killed. Every verb begins with {@link #sweep},
 * or, as {@code list}, with {@link #finishMarked}, and does the rest on its way through all; the
 * package's description shows what can be left, and why it is found.
 *
 * <p>What belongs to another pid namespace is left alone: from here, its launchers look dead.
 *
 * <p>What cannot be cleaned up is a warning, and is tried again by the next command: it never keeps
 * a command from what it was asked for.
 */
public final class Recovery {
  private Recovery() {}

  /** Undoes or finishes the work of launchers that are dead, and removes what has no state. */
  public static void sweep(Invocation invocation) {
    StateStore store = invocation.store();
    List<ContainerId> marked = finishMarked(invocation);
    for (ContainerId id : store.ids()) {
      if (!store.exists(id)) {
        removeRemains(invocation, id, marked);
      }
    }
  }

  /**
   * Only undoes or finishes the work of launchers that are dead: for who looks at all containers,
   * and so finds those without state, for {@link #removeRemains}.
   *
   * @return those whose work was under way, or left
   */
  static List<ContainerId> finishMarked(Invocation invocation) {
    List<ContainerId> marked = invocation.store().marked();
    marked.forEach(id -> finish(invocation, id));
    return marked;
  }

  private static void finish(Invocation invocation, ContainerId id) {
    try {
      if (isLeft(invocation, id)) {
        whileNobodyElseDoes(invocation.store(), id, () -> finishLocked(invocation, id));
      }
    } catch (StateException | PlanFailedException | RootfsException e) {
      invocation.warnings().accept("cannot clean up container " + id + ": " + e.getMessage());
    }
  }

  private static boolean isLeft(Invocation invocation, ContainerId id) {
    return invocation
        .store()
        .marker(id)
        .filter(invocation.observer()::isUnderWay)
        .filter(marker -> !isOwn(invocation, marker))
        .isEmpty();
  }

  /**
   * Whether this request's launcher is the worker. When a request begins, that is what a planner
   * left that died before the launcher heard of it: the launcher then asks another one.
   */
  private static boolean isOwn(Invocation invocation, Marker marker) {
    return marker.worker().equals(invocation.launcher())
        && marker.space().equals(invocation.observer().here());
  }

  /** A command that holds the lock has a living planner, and cleans up by itself or fails. */
  private static void whileNobodyElseDoes(StateStore store, ContainerId id, Runnable work) {
    Optional<StateStore.Lock> lock = store.lock(id, Duration.ZERO);
    if (lock.isPresent()) {
      try (StateStore.Lock _ = lock.get()) {
        work.run();
      }
    }
  }

  private static void finishLocked(Invocation invocation, ContainerId id) {
    StateStore store = invocation.store();
    Optional<Marker> marker = store.marker(id);
    if (marker.isEmpty()) {
      store.unmark(id); // the draft of a marker: nothing else had been done
      return;
    }
    if (isLeft(invocation, id)) {
      Removal.carryOut(invocation, marker.get(), store.read(id));
    }
  }

  /**
   * What is left of a directory when a launcher was killed while it removed it.
   *
   * @param marked those that are somebody's work, and not remains
   */
  static void removeRemains(Invocation invocation, ContainerId id, List<ContainerId> marked) {
    StateStore store = invocation.store();
    try {
      if (!marked.contains(id) && store.hasRemains(id)) {
        whileNobodyElseDoes(store, id, () -> removeRemainsLocked(store, id));
      }
    } catch (StateException e) {
      invocation.warnings().accept("cannot clean up container " + id + ": " + e.getMessage());
    }
  }

  /** Looks again: what was half made may be a container by now, whose marker is gone. */
  static void removeRemainsLocked(StateStore store, ContainerId id) {
    if (store.marker(id).isEmpty() && store.hasRemains(id)) {
      store.purge(id, List.of(), Tree::delete);
    }
  }

  /**
   * Removes a container that should be gone since its process ended, but whose launcher was killed
   * while it waited.
   *
   * @return whether there is no such container any more
   */
  static boolean dropAbandoned(Invocation invocation, LiveContainer container) {
    if (!container.isAbandoned(Instant.now())) {
      return false;
    }
    ContainerId id = container.id();
    try {
      whileNobodyElseDoes(invocation.store(), id, () -> dropLocked(invocation, id));
    } catch (StateException | PlanFailedException | RootfsException e) {
      invocation.warnings().accept("cannot clean up container " + id + ": " + e.getMessage());
    }
    return !invocation.store().exists(id);
  }

  private static void dropLocked(Invocation invocation, ContainerId id) {
    Optional<LiveContainer> container =
        invocation.observer().look(id).filter(found -> found.isAbandoned(Instant.now()));
    container.ifPresent(found -> remove(invocation, found.stored()));
  }

  /** Marks and removes a container; under its lock. */
  static void remove(Invocation invocation, StoredContainer container) {
    Marker marker =
        new Marker(
            container.id(),
            Marker.Work.REMOVE,
            invocation.launcher(),
            invocation.observer().here(),
            container.groups(),
            container.belongings());
    invocation.store().mark(marker);
    Removal.carryOut(invocation, marker, Optional.of(container));
  }

  /** Cleans up what the launcher, which has undone its failed plan, could not. */
  static void afterFailure(Invocation invocation, ContainerId id) {
    try (StateStore.Lock _ = invocation.lock(id)) {
      invocation
          .store()
          .marker(id)
          .filter(marker -> isOwn(invocation, marker))
          .ifPresent(marker -> Removal.carryOut(invocation, marker, Optional.empty()));
    }
  }
}
