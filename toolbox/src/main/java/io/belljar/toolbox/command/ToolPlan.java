package io.belljar.toolbox.command;

import io.belljar.plan.Bytes;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A tool's plan, and what is said when a step of it fails.
 *
 * @param plan what the launcher does, as its last plan
 * @param complaints one for each step
 */
public record ToolPlan(Plan plan, List<Complaint> complaints) {
  public ToolPlan {
    complaints = List.copyOf(complaints);
  }

  /** An empty plan to fill. */
  public static Builder builder() {
    return new Builder();
  }

  /** What is said of this failure. */
  public Complaint complaint(Outcome outcome) {
    return complaints.get(outcome.step());
  }

  /** Collects steps with their reasons and complaints; not for use by several threads. */
  public static final class Builder {
    private final Plan.Builder plan = Plan.builder().last();
    private final List<Complaint> complaints = new ArrayList<>();

    private Builder() {}

    /** Steps added from now on are this role's. */
    public Builder role(Role role) {
      plan.role(role);
      return this;
    }

    /** The slot of this name. */
    public Slot slot(String name) {
      return plan.slot(name);
    }

    /** All slots so far. */
    public List<Slot> slots() {
      return plan.slots();
    }

    /** The launcher executes itself from a sealed copy first. */
    public Builder sealed() {
      plan.sealed();
      return this;
    }

    /** Adds a step. */
    public Builder add(Step step, String why, Complaint complaint) {
      return addTolerating(0, step, why, complaint);
    }

    /** Adds a step. */
    public Builder add(Step step, String why, String complaint) {
      return add(step, why, Complaint.of(complaint));
    }

    /** Adds a step that does not fail with this errno. */
    public Builder addTolerating(int errno, Step step, String why, Complaint complaint) {
      plan.addTolerating(errno, step, why);
      complaints.add(complaint);
      return this;
    }

    /** Opens a file, and writes to it. */
    public Builder write(String file, String text, String why, String open, String write) {
      return add(
          new FileStep.Write(file, Bytes.of(text)), why, Complaint.of(open + file, write + file));
    }

    /** The plan. */
    public ToolPlan build() {
      return new ToolPlan(plan.build(), complaints);
    }
  }
}
