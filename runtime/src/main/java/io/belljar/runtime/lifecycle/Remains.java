package io.belljar.runtime.lifecycle;

import io.belljar.linux.CloneFlags;
import io.belljar.linux.proc.ProcFs;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.runtime.Facts;
import io.belljar.runtime.HostFiles;
import io.belljar.runtime.namespace.UserMaps;
import io.belljar.runtime.rootfs.RootfsException;
import io.belljar.runtime.rootfs.Tree;
import io.belljar.runtime.user.IdMaps;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Removes the files that a container could write.
 *
 * <p>An ordinary user's container has other users inside, with ids of the user's range in
 * /etc/subuid. What they own, the user may not remove, and neither may the planner, which is the
 * user. It can be removed where the user is root over these ids: in a user namespace that maps
 * them, as the container's did. That is a plan, as only the launcher can make one.
 *
 * <p>What is interrupted is done again by whoever called this: what it removes last, the marker or
 * the claim, is still there.
 */
public final class Remains {
  private static final String WHY = "default: files of your subordinate ids are yours only there";

  private Remains() {}

  /**
   * Removes a tree; one that is not there is fine.
   *
   * @throws RootfsException when something in it cannot be removed
   * @throws PlanFailedException when the launcher could not remove it either
   */
  public static void delete(Invocation invocation, Path tree) {
    try {
      Tree.delete(tree);
    } catch (RootfsException e) {
      IdMaps maps = maps(invocation).filter(IdMaps::hasSubordinates).orElseThrow(() -> e);
      if (!Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
      carryOut(invocation, plan(invocation.facts().get().files(), maps, tree), e);
      // What a mount or another's file has kept there says so in this way.
      Tree.delete(tree);
    }
  }

  private static Optional<IdMaps> maps(Invocation invocation) {
    Facts facts = invocation.facts().get();
    return facts.isPrivileged()
        ? Optional.empty()
        : ProcFs.host()
            .status(invocation.launcher().pid())
            .map(launcher -> IdMaps.of(facts, launcher));
  }

  private static void carryOut(Invocation invocation, Plan plan, RootfsException before) {
    Outcome outcome = invocation.executor().run(plan);
    if (!outcome.succeeded()) {
      PlanFailedException failed = new PlanFailedException(plan, outcome);
      failed.addSuppressed(before);
      throw failed;
    }
  }

  /** The first process of a user namespace, which does nothing but remove the tree. */
  static Plan plan(HostFiles files, IdMaps maps, Path tree) {
    Plan.Builder plan = Plan.builder();
    plan.role(Role.LAUNCHER)
        .add(new NamespaceStep.Fork(Role.INIT, CloneFlags.CLONE_NEWUSER, Slot.NONE), WHY);
    UserMaps.write(plan, maps, files, WHY);
    plan.add(new ProcessStep.Notify(Role.INIT), "default: its users are in place");
    plan.role(Role.INIT)
        .add(new ProcessStep.Await(Role.LAUNCHER), "default: until its users are in place");
    plan.add(new FileStep.RemoveTree(tree.toString()), "default: it was made for the container");
    plan.role(Role.LAUNCHER).add(new ProcessStep.Reap(Role.INIT), "default: until it is removed");
    return plan.build();
  }
}
