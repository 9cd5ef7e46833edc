package io.belljar.planner.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.linux.OpenFlags;
import io.belljar.plan.FrameType;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.Slot;
import io.belljar.plan.StepTimes;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.IdentityStep;
import java.io.EOFException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a launcher gives its planner besides outcomes: the caller's input, and the steps' times. */
@Tag("integration")
@Timeout(60)
class ConversationTest {
  private static final Slot NULL = new Slot(0, "null");

  @TempDir private Path directory;

  @Test
  void givesTheCallersInputInPiecesUntilItsEnd() throws Exception {
    String line = "printf 'some input' | \"$0\" \"$@\"";
    try (RealLauncher launcher = RealLauncher.start(directory, line)) {
      assertThat(launcher.read(4)).isEqualTo("some".getBytes(UTF_8));
      assertThat(launcher.read(1 << 20)).isEqualTo(" input".getBytes(UTF_8));
      assertThat(launcher.read(10)).isEmpty();
      assertThat(launcher.read(10)).isEmpty();
      launcher.send(RealLauncher.frame(FrameType.EXIT.number(), new byte[] {5, 0, 0, 0}));
      assertThat(launcher.status()).isEqualTo(5);
    }
  }

  @Test
  void endsWhenItsInputCantBeRead() throws Exception {
    try (RealLauncher launcher = RealLauncher.start(directory, "exec \"$0\" \"$@\" </")) {
      assertThatThrownBy(() -> launcher.read(4)).isInstanceOf(EOFException.class);
      assertThat(launcher.status()).isEqualTo(1);
    }
  }

  @Test
  void doesNotWaitForInputOfAPlannerThatIsGone() throws Exception {
    String line = "sleep 30 | \"$0\" \"$@\"; kill $!; echo ended";
    try (RealLauncher launcher = RealLauncher.start(directory, line)) {
      launcher.send(RealLauncher.frame(FrameType.READ.number(), new byte[] {1, 0, 0, 0}));
      launcher.hangUp();
      for (int i = 0; i < 500 && !launcher.children().stream().noneMatch(this::isLauncher); i++) {
        Thread.sleep(10);
      }
      assertThat(launcher.children()).noneMatch(this::isLauncher);
    }
  }

  private boolean isLauncher(ProcessHandle process) {
    return process.info().command().orElse("").equals(RealLauncher.binary().toString());
  }

  @Test
  void endsWhenItsOutputCantBeWritten() throws Exception {
    String line = "\"$0\" \"$@\" >/dev/full; echo $?";
    try (RealLauncher launcher = RealLauncher.start(directory, line)) {
      launcher.send(RealLauncher.frame(FrameType.PRINT.number(), new byte[] {1, 0, 0, 0, 'x'}));
      assertThat(launcher.output()).isEqualTo("1\n");
      assertThat(launcher.error())
          .isEqualTo("belljar: the output can't be written: ENOSPC (No space left on device)\n");
    }
  }

  @Test
  void tellsHowLongEachStepOfEachProcessTook() throws Exception {
    Plan plan =
        RealLauncher.shell(
                0,
                List.of(
                    new FileStep.Open(NULL, "/dev/null", OpenFlags.O_RDONLY, 0),
                    new IdentityStep.SetUmask(022)),
                "sleep 0.1; exit 7")
            .timed()
            .build();
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      Outcome outcome = launcher.run(plan);
      StepTimes times = outcome.times();
      assertThat(times.exitCode()).isEqualTo(7);
      assertThat(times.nanoseconds()).hasSameSizeAs(plan.steps());
      for (int i = 0; i < plan.steps().size() - 1; i++) {
        assertThat(times.nanoseconds().get(i)).as(plan.steps().get(i).toString()).isPositive();
      }
      // The wait, and the execution.
      assertThat(times.nanoseconds().get(3)).isBetween(100_000_000L, 20_000_000_000L);
      assertThat(times.nanoseconds().getLast()).isZero();
    }
  }

  @Test
  void timesNothingWhereTheKernelRefusesAStep() throws Exception {
    Plan plan =
        Plan.builder()
            .add(new FileStep.Open(NULL, "/absent", OpenFlags.O_RDONLY, 0), "a test")
            .timed()
            .build();
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      Outcome outcome = launcher.run(plan);
      assertThat(outcome.step()).isZero();
      assertThat(outcome.data().length()).isZero();
    }
  }
}
