package io.belljar.runtime.lifecycle;

import io.belljar.runtime.ContainerId;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.state.StateStore;
import java.util.List;
import java.util.Optional;

/**
 * What people call a container: its name, its id, or the beginning of an id that was made for it
 * (64 hexadecimal digits). An id that somebody chose counts only as a whole, so that {@code web}
 * never means {@code web-2}.
 */
public final class ContainerNames {
  private static final int MOST_SHOWN = 5;

  private ContainerNames() {}

  /**
   * The container that is meant.
   *
   * @param text as it was typed
   * @throws LifecycleException when there is none, or more than one
   */
  public static ContainerId resolve(Invocation invocation, String text) {
    StateStore store = invocation.store();
    Optional<ContainerId> exact =
        store
            .named(text)
            .or(() -> id(text).filter(store::exists))
            .or(() -> byBeginning(store, text));
    return exact.orElseThrow(() -> missing(invocation, text));
  }

  /** That there is none, as far as this caller can see. */
  public static LifecycleException missing(Invocation invocation, String text) {
    return new LifecycleException(
        "No such container: "
            + text
            + (invocation.uid() == 0 ? "" : " (root's containers are not yours to see)"));
  }

  private static Optional<ContainerId> id(String text) {
    try {
      return Optional.of(new ContainerId(text));
    } catch (InvalidRequestException _) {
      return Optional.empty();
    }
  }

  private static Optional<ContainerId> byBeginning(StateStore store, String text) {
    if (!text.matches("[0-9a-f]{1,64}")) {
      return Optional.empty();
    }
    List<ContainerId> matching =
        store.ids().stream()
            .filter(id -> id.isRandom() && id.value().startsWith(text) && store.exists(id))
            .toList();
    if (matching.size() > 1) {
      List<String> some = matching.stream().limit(MOST_SHOWN).map(ContainerId::shortForm).toList();
      throw new LifecycleException(
          "%s is the beginning of several ids: %s%s"
              .formatted(
                  text, String.join(", ", some), matching.size() > MOST_SHOWN ? ", ..." : ""));
    }
    return matching.stream().findFirst();
  }
}
