package io.belljar.runtime.cgroup;

import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import java.util.List;
import java.util.Optional;

/**
 * The control groups of one container, as steps of a plan. Each method leaves the builder's role as
 * it needs it: callers set the role again.
 */
public interface GroupSteps {
  /** The container's group in every hierarchy: absolute directories. */
  List<String> directories();

  /** Directories, limits and the devices' filter; carried out by the launcher. */
  void make(Plan.Builder plan);

  /**
   * The version 2 group that the process can be forked into, opened by the launcher; {@link
   * Slot#NONE} where there is none. To be called after {@link #make} and before the fork; {@link
   * #place} then leaves that group out.
   */
  default Slot forkInto(Plan.Builder plan) {
    return Slot.NONE;
  }

  /** Puts a process into the groups; carried out by the launcher. */
  void place(Plan.Builder plan, Role process);

  /** Ends every process in the groups; carried out in {@code when}: UNDO or END. */
  void kill(Plan.Builder plan, Role when);

  /** Removes the groups; carried out in {@code when}: UNDO or END. */
  void remove(Plan.Builder plan, Role when);

  /**
   * The container's group in the hierarchy that is mounted at {@code mountPoint}; empty when it has
   * none there.
   */
  default Optional<String> directoryBelow(String mountPoint) {
    return directories().stream()
        .filter(directory -> directory.equals(mountPoint) || directory.startsWith(mountPoint + "/"))
        .findFirst();
  }
}
