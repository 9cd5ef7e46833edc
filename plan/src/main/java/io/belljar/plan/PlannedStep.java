package io.belljar.plan;

import io.belljar.plan.step.Step;
import java.util.Objects;

/**
 * A step, who carries it out, and why.
 *
 * @param role the process that carries it out
 * @param step what is done
 * @param tolerated an errno that is not a failure of this step; 0 for none
 * @param why the clause, option or default that asked for it: {@code config: mounts[0]}, {@code
 *     option --hostname}, {@code default: …}
 */
public record PlannedStep(Role role, Step step, int tolerated, String why) {
  public PlannedStep {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(why, "why");
    if (tolerated < 0 || tolerated > 4095) {
      throw new InvalidPlan("the tolerated errno " + tolerated + " is not 0 to 4095");
    }
  }
}
