package io.belljar.runtime.lifecycle;

import io.belljar.linux.text.TerminalText;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.StateException;
import io.belljar.runtime.state.StateStore;
import io.belljar.runtime.state.StoredContainer;
import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.state.ContainerState;
import io.belljar.spec.state.StateWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code list}: all containers of a root. */
public final class ListContainers {
  private ListContainers() {}

  /** How the list is written. */
  public enum Format {
    /** A table for people. */
    TABLE,
    /** A JSON array in one line; {@code null} when there are none, as runc has it. */
    JSON,
    /** The names, a line each. */
    QUIET
  }

  /** The containers, by name. */
  public static List<LiveContainer> run(Invocation invocation) {
    List<StoredContainer> stored = stored(invocation, Recovery.finishMarked(invocation));
    // Once for all, and after all have been read: each was marked before it was stored.
    Set<ContainerId> marked = Set.copyOf(invocation.store().marked());
    List<LiveContainer> containers = new ArrayList<>();
    for (StoredContainer container : stored) {
      attempt(
          invocation,
          container.id(),
          () ->
              invocation
                  .observer()
                  .glance(container, marked)
                  .filter(found -> !Recovery.dropAbandoned(invocation, found))
                  .ifPresent(containers::add));
    }
    return containers;
  }

  private static List<StoredContainer> stored(Invocation invocation, List<ContainerId> marked) {
    StateStore store = invocation.store();
    List<StoredContainer> containers = new ArrayList<>();
    for (ContainerId id : store.ids()) {
      attempt(
          invocation,
          id,
          () -> {
            Optional<StoredContainer> container = store.readListed(id);
            container.ifPresent(containers::add);
            if (container.isEmpty()) {
              Recovery.removeRemains(invocation, id, marked);
            }
          });
    }
    return containers;
  }

  private static void attempt(Invocation invocation, ContainerId id, Runnable work) {
    try {
      work.run();
    } catch (StateException | InvalidDocumentException e) {
      invocation.warnings().accept("load container " + id + ": " + e.getMessage());
    }
  }

  /** The containers as text, each line ended. */
  public static String run(Invocation invocation, Format format) {
    List<LiveContainer> containers = run(invocation);
    return switch (format) {
      case QUIET -> String.join("", containers.stream().map(c -> c.id() + "\n").toList());
      case JSON -> TerminalText.printableJson(StateWriter.list(states(invocation, containers)));
      case TABLE -> ContainerTable.text(states(invocation, containers));
    };
  }

  private static List<ContainerState> states(
      Invocation invocation, List<LiveContainer> containers) {
    Map<Long, String> owners = new HashMap<>();
    List<ContainerState> states = new ArrayList<>();
    for (LiveContainer container : containers) {
      attempt(
          invocation,
          container.id(),
          () -> {
            String owner =
                owners.computeIfAbsent(
                    container.stored().owner(), uid -> owner(invocation, container.id(), uid));
            states.add(container.containerState(owner));
          });
    }
    return states;
  }

  /**
   * The name of the user who owns a container's directory; {@code #1000} for one without a name.
   */
  private static String owner(Invocation invocation, ContainerId id, long uid) {
    Optional<String> name = Optional.empty();
    try {
      name = Optional.of(Files.getOwner(invocation.store().directory(id)).getName());
    } catch (IOException _) {
      // Removed meanwhile.
    }
    return name.filter(text -> !text.matches("[0-9]+")).orElse("#" + uid);
  }
}
