package io.belljar.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.linux.process.Child;
import io.belljar.linux.process.Program;
import io.belljar.plan.Plan;
import io.belljar.plan.step.FileStep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalPlannerTest {
  private static final Plan PLAN = plan().build();

  @TempDir private Path directory;

  private static Plan.Builder plan() {
    return Plan.builder().add(new FileStep.MakeDirectory("/run/x", 0700), "a test");
  }

  private static LocalPlanner start(Path launcher) throws IOException {
    return LocalPlanner.start(
        Program.of("launcher", Files.readAllBytes(launcher)), Child.Streams.PIPES);
  }

  @Test
  void startsALauncherAndPlansForIt() throws Exception {
    Path launcher = LauncherProcess.install(directory);
    try (LocalPlanner planner = start(launcher)) {
      assertThat(planner.session().request().program()).isEqualTo("library");
      assertThat(planner.session().request().pid()).isEqualTo(planner.process().pid());
      assertThat(planner.session().run(PLAN).succeeded()).isTrue();
      assertThat(planner.session().runLast(plan().last().build()).succeeded()).isTrue();
      // The launcher still has its planner, until this program closes it.
      assertThat(planner.process().waitFor(Duration.ofMillis(100))).isFalse();
      planner.session().close();
      assertThat(planner.process().waitFor()).isEqualTo(42);
    }
  }

  @Test
  void givesTheLauncherNothingOfTheEnvironment() throws Exception {
    Path launcher = LauncherProcess.script(directory, "env");
    try (LocalPlanner planner = start(launcher)) {
      String said = new String(planner.process().output().readAllBytes(), StandardCharsets.UTF_8);
      // The shell that starts it sets these.
      assertThat(said.lines())
          .isNotEmpty()
          .allMatch(entry -> entry.matches("(PWD|OLDPWD|SHLVL|_)=.*"));
      assertThat(planner.session().request().environment().entries()).isEmpty();
    }
  }

  @Test
  void tellsWhatALauncherSaidThatEnded() throws Exception {
    Path launcher = LauncherProcess.script(directory, "echo 'no good' >&2; exit 3");
    try (LocalPlanner planner = start(launcher)) {
      assertThatThrownBy(() -> planner.session().run(PLAN))
          .isInstanceOfSatisfying(
              LauncherGone.class,
              gone ->
                  assertThat(planner.explain(gone))
                      .hasMessage(gone.getMessage() + ", with status 3: no good")
                      .hasSuppressedException(gone));
    }
  }

  @Test
  void tellsOfALauncherThatHangsUpAndGoesOn() throws Exception {
    Path launcher = LauncherProcess.script(directory, "exec 3>&-; exec sleep 1000");
    try (LocalPlanner planner = start(launcher)) {
      assertThatThrownBy(() -> planner.session().run(PLAN))
          .isInstanceOfSatisfying(
              LauncherGone.class,
              gone ->
                  assertThat(planner.explain(gone))
                      .hasMessage(gone.getMessage() + "; it has hung up, but runs still"));
      planner.process().kill();
      assertThat(planner.process().waitFor()).isEqualTo(128 + 9);
    }
  }

  @Test
  void namesWhyAProgramCannotBeStarted() throws IOException {
    Path launcher = Files.writeString(directory.resolve("launcher"), "nonsense");
    assertThatThrownBy(() -> start(launcher))
        .isInstanceOf(LauncherUnavailable.class)
        .hasMessage("the launcher can't be started: posix_spawn: ENOEXEC (Exec format error)");
  }
}
