package io.belljar.plan;

import io.belljar.plan.step.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the launcher is to do, in order.
 *
 * <p>Each process carries out the steps of its role in the order in which they stand here; between
 * processes, only Notify and Await make an order.
 *
 * @param steps the steps of all roles; a failure names a step by its index in this list
 * @param sealed the launcher re-executes itself from a sealed copy in memory first, as every plan
 *     that forks into a container needs it (CVE-2019-5736)
 * @param last after success the launcher exits by itself (with 0, or as the process that it waited
 *     for), without asking the planner
 * @param timed the outcome tells how long each step took ({@link StepTimes}); of a plan that is not
 *     the last
 */
public record Plan(List<PlannedStep> steps, boolean sealed, boolean last, boolean timed) {
  public Plan {
    steps = List.copyOf(steps);
  }

  /** An empty plan to fill. */
  public static Builder builder() {
    return new Builder();
  }

  /** The steps of one role, in order. */
  public List<Step> steps(Role role) {
    return steps.stream().filter(step -> step.role() == role).map(PlannedStep::step).toList();
  }

  /** Collects steps, role by role; not for use by several threads. */
  public static final class Builder {
    private final List<PlannedStep> steps = new ArrayList<>();
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private Role role = Role.LAUNCHER;
    private boolean sealed;
    private boolean last;
    private boolean timed;

    private Builder() {}

    /** Steps added from now on are this role's. At first it is the launcher's. */
    public Builder role(Role next) {
      role = next;
      return this;
    }

    /** Adds a step to the current role. */
    public Builder add(Step step, String why) {
      return addTolerating(0, step, why);
    }

    /** Adds a step to the current role that does not fail with this errno. */
    public Builder addTolerating(int errno, Step step, String why) {
      steps.add(new PlannedStep(role, step, errno, why));
      return this;
    }

    /**
     * The slot of this name; the next free one when the name is new.
     *
     * @throws InvalidPlan when all slots are taken
     */
    public Slot slot(String name) {
      Slot known = slots.get(name);
      if (known != null) {
        return known;
      }
      if (slots.size() == Slot.COUNT) {
        throw new InvalidPlan(
            "no slot is left for the descriptor \"%s\": the plan has %d already"
                .formatted(name, Slot.COUNT));
      }
      Slot slot = new Slot(slots.size(), name);
      slots.put(name, slot);
      return slot;
    }

    /** All slots that have a name so far, in the order in which they got it. */
    public List<Slot> slots() {
      return List.copyOf(slots.values());
    }

    /** The launcher re-executes itself from a sealed copy first. */
    public Builder sealed() {
      sealed = true;
      return this;
    }

    /** After success the launcher exits by itself. */
    public Builder last() {
      last = true;
      return this;
    }

    /** The outcome tells how long each step took. */
    public Builder timed() {
      timed = true;
      return this;
    }

    /** The plan of the steps so far. */
    public Plan build() {
      return new Plan(steps, sealed, last, timed);
    }
  }
}
