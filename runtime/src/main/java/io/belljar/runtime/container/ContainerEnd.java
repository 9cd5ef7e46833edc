package io.belljar.runtime.container;

import static io.belljar.linux.Errno.ENOENT;

import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.runtime.cgroup.GroupSteps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is left of a container when it could not be made, and when its process has ended. */
final class ContainerEnd {
  private static final String FAILED = "default: nothing is left of a container that failed";
  private static final String ENDED = "default: nothing is left of a container that ended";

  private ContainerEnd() {}

  /** Undoes everything; carried out when a step has failed, after all children are dead. */
  static void undo(
      Plan.Builder plan, ContainerRequest request, GroupSteps groups, ContainerHooks hooks) {
    groups.kill(plan, Role.UNDO);
    groups.remove(plan, Role.UNDO);
    plan.role(Role.UNDO);
    hooks.addPoststop(plan);
    removeState(plan, request, FAILED);
    remove(plan, request.creationMarker(), FAILED);
  }

  /**
   * What comes after the end of a process that the launcher waited for. Where somebody is to be
   * told how it ended, its groups and its state stay for that: the groups know whether it was
   * killed for its memory. So do those of a Java program's container: the program asks and removes
   * them itself.
   */
  static void end(
      Plan.Builder plan, ContainerRequest request, GroupSteps groups, ContainerHooks hooks) {
    if (request.mode() == StartMode.CREATE || request.mode() == StartMode.DETACHED) {
      return;
    }
    groups.kill(plan, Role.END);
    boolean kept = request.mode() == StartMode.MONITORED || request.mode() == StartMode.EMBEDDED;
    if (kept || !request.finish().isEmpty()) {
      plan.role(Role.END)
          .add(
              new FileStep.RecordStatus(request.exitRecord().toString(), Role.INIT),
              "default: how it ended, for who asks later");
      if (!request.finish().isEmpty()) {
        plan.add(
            new ProcessStep.Finish(request.finish()), "default: messages and removal after run");
      }
      return;
    }
    groups.remove(plan, Role.END);
    plan.role(Role.END);
    hooks.addPoststop(plan);
    removeState(plan, request, ENDED);
  }

  private static void removeState(Plan.Builder plan, ContainerRequest request, String why) {
    List<Path> files = new ArrayList<>();
    files.add(request.pidRecord());
    files.add(request.startFifo());
    files.add(request.exitRecord());
    if (request.logged().isPresent()) {
      files.add(request.attachSocket());
      files.addAll(request.logs());
    }
    files.add(request.stateFile());
    files.forEach(file -> remove(plan, file, why));
    plan.addTolerating(
        ENOENT.number(), new FileStep.RemoveDirectory(request.stateDirectory().toString()), why);
  }

  private static void remove(Plan.Builder plan, Path file, String why) {
    plan.addTolerating(ENOENT.number(), new FileStep.RemoveFile(file.toString()), why);
  }
}
