package io.belljar.runtime.cgroup;

import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import java.util.List;
import java.util.Optional;

/**
 * The control groups of one container, as steps of a plan. Methods that say who carries them out
 * leave the builder's role so: callers set the role again.
 */
public interface GroupSteps {
  /** The container's group in every hierarchy: absolute directories. */
  List<String> directories();

  /**
   * The version 2 group that the process can be forked into, made where it is to be made, and
   * opened by the launcher; {@link Slot#NONE} where there is none. Before the fork, and before
   * {@link #make}.
   */
  Slot forkInto(Plan.Builder plan);

  /**
   * The other directories, all limits, and the devices' filter; carried out by the launcher, while
   * the process that was forked does what needs none of them.
   */
  void make(Plan.Builder plan);

  /**
   * Opens what {@link #enter} takes, where a process will not see the groups' files by then;
   * carried out in the builder's role.
   */
  default void open(Plan.Builder plan) {}

  /** Puts a process of one thread into the groups of version 1: itself, in the builder's role. */
  void enter(Plan.Builder plan);

  /**
   * Puts a process into the groups of version 1 that cannot {@link #enter} them; carried out by the
   * launcher, and slower.
   */
  void placeV1(Plan.Builder plan, Role process);

  /**
   * Puts a process into the group of version 2 that could not be forked into it; carried out by the
   * launcher, and slower.
   *
   * @return whether there is such a group
   */
  boolean placeV2(Plan.Builder plan, Role process);

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
