package io.belljar.runtime.container;

import io.belljar.plan.Plan;
import io.belljar.runtime.Facts;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.cgroup.GroupSteps;
import io.belljar.runtime.seccomp.SeccompFilters;

/**
 * Plans a new container: {@code create} and {@code run}.
 *
 * <p>The launcher makes what is outside, and forks the container's first process into its
 * namespaces; that process builds its root from inside and becomes the command:
 *
 * <pre>
 *   launcher                                      init (the container's first process)
 *   start fifo, console socket, v2 group
 *   clone3 into that group ─────────────────────► session, root, mounts
 *   pid record, v1 groups, limits, user maps         ┊
 *   notify ─────────────────────────────────────► await; v1 groups, cgroup namespace and mounts
 *   await ◄───────────────────────────────────── notify      } only with prestart or
 *   hooks; notify ──────────────────────────────► await      } createRuntime hooks
 *                                                 terminal, masks, pivot_root, limits, privileges
 *   await ◄───────────────────────────────────── notify: only what the command asked for is left
 *   pid file, commit                              wait for start (create), filter, execve
 *   wait, or leave
 * </pre>
 *
 * <p>With a user namespace init awaits first of all: it needs the maps for what it makes, and
 * enters the groups while it may. Where namespaces are joined by path, a joiner joins them and
 * forks init. An init that is in a mount namespace of another's does not see the groups, so the
 * launcher places it. With {@code --init} it forks the command, and stays.
 *
 * <p>The same request and facts give the same plan.
 */
public final class ContainerPlanner {
  private ContainerPlanner() {}

  /**
   * The plan of a new container.
   *
   * @param request what is asked for; its configuration is valid by itself
   * @param facts of the machine and the launcher
   * @param groups the container's control groups
   * @param filters compiles the configuration's filter of system calls
   * @throws InvalidRequestException naming the property that cannot be carried out
   */
  public static Plan plan(
      ContainerRequest request, Facts facts, GroupSteps groups, SeccompFilters filters) {
    ContainerParts parts = new ContainerParts(request, facts, groups, filters);
    Plan.Builder plan = Plan.builder().sealed().last();
    OutsideSteps outside = new OutsideSteps(plan, parts);
    InitSteps init = new InitSteps(plan, parts);
    outside.prepare();
    outside.fork();
    outside.admit();
    init.begin();
    init.buildRoot();
    init.openTerminal();
    init.enterRoot();
    init.configureKernel();
    init.becomeCommand();
    outside.commit();
    ContainerEnd.undo(plan, request, groups, parts.hooks);
    ContainerEnd.end(plan, request, groups, parts.hooks);
    return plan.build();
  }
}
