package io.belljar.runtime.container;

import static io.belljar.linux.Errno.ECHILD;

import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.hook.HookSteps;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.Hooks;
import io.belljar.spec.state.State;
import io.belljar.spec.state.Status;
import java.util.OptionalInt;

/** The hooks of one container, each at its point of the plan. */
final class ContainerHooks {
  private final Hooks hooks;
  private final ContainerRequest request;

  ContainerHooks(ContainerRequest request) {
    this.request = request;
    this.hooks = request.config().hooks();
    if (request.supervised() && !hooks.startContainer().isEmpty()) {
      throw InvalidRequestException.ofConfig(
          "hooks.startContainer", "not supported together with --init");
    }
  }

  /** Whether hooks run outside once the container's mounts are made. */
  boolean hasOutside() {
    return !hooks.prestart().isEmpty() || !hooks.createRuntime().isEmpty();
  }

  String whyOutside() {
    return "config: hooks."
        + (hooks.prestart().isEmpty()
            ? "createRuntime"
            : hooks.createRuntime().isEmpty() ? "prestart" : "prestart and hooks.createRuntime");
  }

  void addOutside(Plan.Builder plan) {
    HookSteps.add(plan, 0, "prestart", hooks.prestart(), state(Status.CREATING), Role.INIT);
    HookSteps.add(
        plan, 0, "createRuntime", hooks.createRuntime(), state(Status.CREATING), Role.INIT);
  }

  void addCreateContainer(Plan.Builder plan) {
    HookSteps.add(
        plan, 0, "createContainer", hooks.createContainer(), state(Status.CREATING), Role.INIT);
  }

  void addStartContainer(Plan.Builder plan) {
    HookSteps.add(
        plan, 0, "startContainer", hooks.startContainer(), state(Status.CREATED), Role.INIT);
  }

  boolean hasPoststart() {
    return !hooks.poststart().isEmpty();
  }

  // "the remaining hooks and lifecycle continue as if the hook had succeeded" (runtime.md)
  void addPoststart(Plan.Builder plan) {
    HookSteps.add(
        plan, ECHILD.number(), "poststart", hooks.poststart(), state(Status.RUNNING), Role.INIT);
  }

  void addPoststop(Plan.Builder plan) {
    HookSteps.addKnown(plan, ECHILD.number(), "poststop", hooks.poststop(), state(Status.STOPPED));
  }

  private State state(Status status) {
    Config config = request.config();
    return new State(
        config.ociVersion(),
        request.id().value(),
        status,
        OptionalInt.empty(),
        request.bundle().toString(),
        config.annotations());
  }
}
