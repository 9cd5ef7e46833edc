package io.belljar.runtime.lifecycle;

import io.belljar.plan.Plan;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.cgroup.GroupUpdate;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.StateStore;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonValue;
import io.belljar.spec.resources.Resources;
import io.belljar.spec.resources.ResourcesWriter;
import io.belljar.spec.state.Status;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code update}: other limits for a container, while it runs. */
public final class Update {
  private static final String CONFIG = "config.json: linux.resources.";

  /** Why a container cannot be held, in the words of all who need a group of it. */
  static final String WITHOUT_GROUP =
      "it has no cgroup of its own; an ordinary user's container has one only if it was run in a"
          + " cgroup that is the user's";

  /** What people type for what a message names. */
  private static final Map<String, String> OPTIONS =
      Map.ofEntries(
          Map.entry("cpu.cpus", "--cpuset-cpus"),
          Map.entry("cpu.mems", "--cpuset-mems"),
          Map.entry("cpu.shares", "--cpu-shares"),
          Map.entry("cpu.quota", "--cpu-quota"),
          Map.entry("cpu.period", "--cpu-period"),
          Map.entry("cpu", "--cpus"),
          Map.entry("memory.reservation", "--memory-reservation"),
          Map.entry("memory.swap", "--memory-swap"),
          Map.entry("memory.limit", "--memory"),
          Map.entry("memory", "--memory"),
          Map.entry("pids.limit", "--pids-limit"),
          Map.entry("pids", "--pids-limit"),
          Map.entry("blockIO.weight", "--blkio-weight"),
          Map.entry("blockIO", "--blkio-weight"));

  private Update() {}

  /** The plan, without doing anything. */
  public static Plan plan(Invocation invocation, ContainerId id, LimitChanges changes) {
    LiveContainer container = invocation.requireVisible(id);
    Resources present = container.stored().config().linux().resources();
    return plan(invocation, container, changes.toWrite(changes.applyTo(present)));
  }

  /**
   * Changes the limits: in the groups first, so that what is stored was taken by the kernel.
   *
   * @throws LifecycleException when it does not exist
   * @throws InvalidRequestException when a limit is not to be had here
   * @throws PlanFailedException when the kernel refused one; then all are as they were
   */
  public static void run(Invocation invocation, ContainerId id, LimitChanges changes) {
    Recovery.sweep(invocation);
    try (StateStore.Lock _ = invocation.lock(id)) {
      LiveContainer container = invocation.requireVisible(id);
      Resources present = container.stored().config().linux().resources();
      Resources merged = changes.applyTo(present);
      if (container.status() == Status.CREATING) {
        throw new LifecycleException("container " + id.shortForm() + " is being created");
      }
      if (container.status() != Status.STOPPED) {
        invocation.carryOut(plan(invocation, container, changes.toWrite(merged)));
      }
      invocation
          .store()
          .replace(container.stored().with(document(container.stored().document(), merged)));
    }
  }

  private static Plan plan(Invocation invocation, LiveContainer container, Resources toWrite) {
    Plan.Builder plan = Plan.builder();
    try {
      GroupUpdate.of(
              invocation.facts().get().cgroups(),
              invocation.observer().groups(),
              container.stored().groups(),
              container.id(),
              toWrite)
          .add(plan);
    } catch (InvalidRequestException e) {
      if (container.stored().groups().isEmpty()) {
        LifecycleException refused =
            new LifecycleException(
                "cannot update container " + container.id() + ": " + WITHOUT_GROUP);
        refused.addSuppressed(e);
        throw refused;
      }
      throw new InvalidRequestException(asTyped(e.getMessage()), e);
    }
    return plan.build();
  }

  private static String asTyped(String message) {
    return OPTIONS.entrySet().stream()
        .filter(option -> message.startsWith(CONFIG + option.getKey() + ":"))
        .findFirst()
        .map(option -> option.getValue() + message.substring((CONFIG + option.getKey()).length()))
        .orElse(message);
  }

  /** The configuration with the limits; what else it says stays, also what is not understood. */
  private static JsonObject document(JsonObject config, Resources merged) {
    JsonObject changed =
        JsonObject.builder()
            .put(
                "linux",
                JsonObject.builder().put("resources", ResourcesWriter.toJson(merged)).build())
            .build();
    return merge(config, changed);
  }

  private static JsonObject merge(JsonObject old, JsonObject changed) {
    Map<String, JsonValue> members = new LinkedHashMap<>(old.members());
    changed
        .members()
        .forEach((name, value) ->
            members.merge(
                name,
                value,
                (before, after) ->
                    before instanceof JsonObject from && after instanceof JsonObject to
                        ? merge(from, to)
                        : after));
    return new JsonObject(members);
  }
}
