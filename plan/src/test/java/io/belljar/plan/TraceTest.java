package io.belljar.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.ProcessStep;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static final Plan PLAN =
      Plan.builder()
          .role(Role.LAUNCHER)
          .add(new FileStep.MakeDirectory("/run/" + "0123456789abcdef".repeat(4), 0700), "test")
          .add(new FileStep.RemoveDirectory("/run/x"), "test")
          .add(new ProcessStep.Await(Role.INIT), "test")
          .role(Role.INIT)
          .add(new IdentityStep.NewSession(), "test")
          .add(new IdentityStep.NoNewPrivileges(), "test")
          .role(Role.UNDO)
          .add(new FileStep.RemoveDirectory("/run/y"), "test")
          .build();

  @Test
  void showsWhatEachProcessDidAndHowLongItTook() {
    String text =
        Trace.text(PLAN, new StepTimes(0, List.of(3_000_000L, 1_000_400L, 9_000_000L, 5L, 0L, 0L)));
    assertThat(text.lines().map(line -> line.replaceAll(" +", " ").strip()))
        .containsExactly(
            "launcher us share",
            "1 mkdirat(AT_FDCWD, \"/run/0123456789ab…\", 0700) 3,000 75.0 %",
            "2 unlinkat(AT_FDCWD, \"/run/x\", AT_REMOVEDIR) 1,000 25.0 %",
            "3 ppoll(…, …, NULL, NULL, 8) +1 (9,000)",
            "total of launcher 4,000",
            "",
            "init us share",
            "4 setsid() 0 100.0 %",
            "5 prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) -",
            "total of init 0",
            "");
    assertThat(text.lines()).allMatch(line -> line.length() <= 110);
  }
}
