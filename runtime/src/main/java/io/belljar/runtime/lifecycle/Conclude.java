package io.belljar.runtime.lifecycle;

import io.belljar.plan.Plan;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.cgroup.StoredGroups;
import io.belljar.runtime.state.ExitRecord;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.StateStore;
import io.belljar.runtime.state.StoredContainer;
import io.belljar.spec.state.Status;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What comes after the end of a container whose launcher asked for it ({@code finish}): its groups
 * tell how it died, and are removed; the container goes too, unless it is to be kept.
 */
public final class Conclude {
  private Conclude() {}

  /**
   * How a container ended.
   *
   * @param container what was stored of it
   * @param exit its exit code and when
   * @param memoryKills how many of its processes the kernel killed for the memory limit; empty
   *     where the kernel does not count them
   */
  public record Ending(
      StoredContainer container, Optional<ExitRecord> exit, OptionalLong memoryKills) {}

  /**
   * Cleans up.
   *
   * @return empty when the container was removed meanwhile, or has not ended
   */
  public static Optional<Ending> run(Invocation invocation, ContainerId id) {
    try (StateStore.Lock _ = invocation.lock(id)) {
      Optional<LiveContainer> found =
          invocation
              .observer()
              .look(id)
              .filter(container -> container.status() == Status.STOPPED && !container.hidden());
      return found.map(container -> conclude(invocation, container));
    }
  }

  private static Ending conclude(Invocation invocation, LiveContainer container) {
    StoredContainer stored = container.stored();
    StoredGroups groups = invocation.groups(stored);
    Ending ending = new Ending(stored, container.exit(), groups.memoryKills());
    if (stored.removeOnExit()) {
      Recovery.remove(invocation, stored);
    } else {
      ending
          .memoryKills()
          .ifPresent(count -> invocation.store().recordMemoryKills(stored.id(), count));
      Plan.Builder plan = Plan.builder();
      Removal.add(plan, groups, Optional.empty());
      invocation.carryOut(plan.build());
    }
    return ending;
  }
}
