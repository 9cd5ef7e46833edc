package io.belljar.runtime.lifecycle;

import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.Plan;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.cgroup.StoredGroups;
import io.belljar.runtime.state.ExitRecord;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.StateStore;
import io.belljar.runtime.state.StoredContainer;
import io.belljar.spec.state.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  /**
   * The same for a container that is to go, by the program that made it and was its launcher's
   * parent: nobody else need be asked whether it has ended. Its launcher has killed whatever was in
   * its groups, so they are removed by rmdir(2) here, unless that takes a launcher after all.
   *
   * <p>There is no marker: until its state goes, which is last, whoever comes sees a container that
   * nobody wants any more. Hooks have no part in it.
   *
   * @param stored what was stored of it
   * @param first its first process, by which it is known from another of the same name
   * @return how many of its processes the kernel has killed for the memory limit; empty where the
   *     kernel does not count them, or it was removed meanwhile
   */
  public static OptionalLong remove(
      Invocation invocation, StoredContainer stored, ProcessIdentity first) {
    ContainerId id = stored.id();
    try (StateStore.Lock _ = invocation.lock(id)) {
      if (invocation.observer().recordedProcess(id).filter(first::equals).isEmpty()) {
        return OptionalLong.empty();
      }
      StoredGroups groups = invocation.groups(stored);
      OptionalLong memoryKills = groups.memoryKills();
      if (!areRemoved(stored.groups())) {
        Plan.Builder plan = Plan.builder();
        Removal.add(plan, groups, Optional.empty());
        invocation.carryOut(plan.build());
      }
      Removal.purge(invocation, id, stored.belongings());
      return memoryKills;
    }
  }

  private static boolean areRemoved(List<String> groups) {
    try {
      for (String group : groups) {
        Files.deleteIfExists(Path.of(group));
      }
      return true;
    } catch (IOException _) {
      return false; // busy for a moment, or with a group in it
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
