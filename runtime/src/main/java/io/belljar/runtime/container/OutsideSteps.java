package io.belljar.runtime.container;

import io.belljar.linux.CloneFlags;
import io.belljar.plan.Bytes;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.runtime.Descriptors;
import io.belljar.runtime.cgroup.GroupSteps;
import io.belljar.runtime.namespace.NamespaceSteps;
import io.belljar.runtime.namespace.Namespaces;
import io.belljar.spec.process.Process;

/** What the launcher does for a new container, from outside of it. */
final class OutsideSteps {
  private static final String STATE = "default: state of the container";

  private final Plan.Builder plan;
  private final ContainerParts parts;
  private final ContainerRequest request;
  private final GroupSteps groups;
  private final Namespaces namespaces;
  private final Process process;
  private final ContainerHooks hooks;

  OutsideSteps(Plan.Builder plan, ContainerParts parts) {
    this.plan = plan;
    this.parts = parts;
    this.request = parts.request;
    this.groups = parts.groups;
    this.namespaces = parts.namespaces;
    this.process = parts.process;
    this.hooks = parts.hooks;
  }

  /** Makes what the container's first process needs to find. */
  void prepare() {
    plan.role(Role.LAUNCHER);
    if (request.mode() == StartMode.MONITORED) {
      String announcement = request.logged().map(Output.Logged::announcement).orElse("");
      plan.add(new ProcessStep.Detach(announcement), "option --detach");
    }
    if (request.mode() == StartMode.CREATE) {
      plan.add(new FileStep.MakeFifo(request.startFifo().toString(), 0, 0), STATE);
    }
    request
        .consoleSocket()
        .ifPresent(socket ->
            plan.add(
                new FileStep.Connect(Descriptors.consoleSocket(plan), socket.toString()),
                "option --console-socket"));
    request
        .logged()
        .filter(_ -> !process.terminal())
        .ifPresent(output -> StandardFiles.make(plan, output));
  }

  /** Starts the container's first process, in its namespaces. */
  void fork() {
    Slot group = groups.forkInto(plan);
    long flags = namespaces.forkFlags();
    if (namespaces.joined().isEmpty()) {
      plan.role(Role.LAUNCHER)
          .add(new NamespaceStep.Fork(Role.INIT, flags, group), namespaces.why(flags));
      return;
    }
    plan.role(Role.LAUNCHER)
        .add(
            new NamespaceStep.Fork(Role.JOINER, 0, Slot.NONE),
            "config: linux.namespaces with a path are joined by a process of its own");
    NamespaceSteps.joinByPath(plan, namespaces, parts.facts.isPrivileged());
    plan.add(
        new NamespaceStep.Fork(Role.INIT, flags | CloneFlags.CLONE_PARENT, group),
        namespaces.why(flags) + ", as a child of the launcher");
    NamespaceSteps.adopt(plan, Role.INIT, "default: the launcher waits for the container");
  }

  /** Makes it known, and gives it its groups and users; it makes its mounts meanwhile. */
  void admit() {
    plan.role(Role.LAUNCHER);
    plan.add(
        new FileStep.RecordPid(
            request.pidRecord().toString(), Role.INIT, FileStep.RecordPid.WITH_START),
        STATE);
    request
        .logged()
        .ifPresent(output -> StandardFiles.watch(plan, output, request, process.terminal()));
    groups.make(plan);
    if (!parts.entersGroups()) {
      groups.placeV1(plan, Role.INIT);
    }
    plan.role(Role.LAUNCHER);
    parts.maps.write(plan);
    process
        .oomScoreAdj()
        .ifPresent(score ->
            plan.add(
                new FileStep.WriteMap(Role.INIT, "oom_score_adj", Bytes.of(String.valueOf(score))),
                "config: process.oomScoreAdj"));
    plan.add(new ProcessStep.Notify(Role.INIT), "default: its groups and users are in place");
    if (hooks.hasOutside()) {
      plan.add(new ProcessStep.Await(Role.INIT), hooks.whyOutside() + ": its mounts are made");
      hooks.addOutside(plan);
      plan.add(new ProcessStep.Notify(Role.INIT), hooks.whyOutside() + " are done");
    }
  }

  /** Once all is in place: the container exists; the launcher waits, or leaves. */
  void commit() {
    plan.role(Role.LAUNCHER);
    plan.add(new ProcessStep.Await(Role.INIT), "default: until all is in place");
    if (request.supervised()) {
      plan.add(new ProcessStep.Notify(Role.COMMAND), "option --init");
      plan.add(new ProcessStep.Await(Role.COMMAND), "option --init: until all is in place");
    }
    request
        .pidFile()
        .ifPresent(file ->
            plan.add(
                new FileStep.RecordPid(file.toString(), Role.INIT, FileStep.RecordPid.PLAIN),
                "option --pid-file"));
    plan.add(
        new FileStep.RemoveFile(request.creationMarker().toString()),
        "default: the container is made");
    if (request.mode() != StartMode.CREATE) {
      await();
    }
  }

  private void await() {
    if (hooks.hasPoststart() || request.mode() == StartMode.DETACHED) {
      plan.add(
          new ProcessStep.Wait(Role.INIT, ProcessStep.Wait.UNTIL_STARTED),
          "default: until the command runs");
      hooks.addPoststart(plan);
    }
    if (request.mode() == StartMode.DETACHED) {
      return;
    }
    boolean relay =
        process.terminal() && request.consoleSocket().isEmpty() && request.relayTerminal();
    long flags =
        (relay ? ProcessStep.Wait.RELAY_TERMINAL : 0)
            | (request.mode() == StartMode.EMBEDDED ? ProcessStep.Wait.KILL_WITH_PLANNER : 0);
    plan.add(new ProcessStep.Wait(Role.INIT, flags), "default: the launcher exits as it does");
  }
}
