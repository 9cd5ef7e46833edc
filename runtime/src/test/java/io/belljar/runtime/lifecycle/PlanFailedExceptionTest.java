package io.belljar.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.linux.Errno;
import io.belljar.plan.Bytes;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.step.ProcessStep;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanFailedExceptionTest {
  private static String message(String why) {
    Plan.Builder plan = Plan.builder();
    plan.add(
        new ProcessStep.Run(
            "/bin/net", List.of("/bin/net"), List.of(), Bytes.EMPTY, Role.LAUNCHER, Bytes.EMPTY, 0),
        why);
    Outcome outcome = new Outcome(0, 0, Errno.ECHILD.number(), Bytes.of("no network"));
    return new PlanFailedException(plan.build(), outcome).getMessage();
  }

  @Test
  void saysWhichHookFailed() {
    assertThat(message("config: hooks.prestart[1]"))
        .startsWith("hooks.prestart[1]: ")
        .contains("/bin/net")
        .endsWith(": it failed: no network");
    assertThat(message("default: something")).doesNotContain("something");
  }
}
