package io.belljar.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.plan.Plan;
import io.belljar.plan.step.FileStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalPlannerTest {
  @TempDir private Path directory;
  private Path place;

  @BeforeEach
  void makeThePlace() throws IOException {
    place = Files.createDirectory(directory.resolve("run"), PrivateDirectory.PRIVATE);
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(place).isEmptyDirectory();
  }

  private LocalPlanner start(Path launcher) {
    return start(launcher, Duration.ofSeconds(30));
  }

  private LocalPlanner start(Path launcher, Duration patience) {
    return LocalPlanner.start(launcher, LocalPlanner.Streams.PIPES, List.of(place), patience);
  }

  @Test
  void startsALauncherAndPlansForIt() throws Exception {
    Plan.Builder builder = Plan.builder().add(new FileStep.MakeDirectory("/run/x", 0700), "a test");
    Path launcher = LauncherProcess.install(directory);
    try (LocalPlanner planner = start(launcher)) {
      assertThat(planner.session().request().program()).isEqualTo("library");
      assertThat(planner.session().run(builder.build()).succeeded()).isTrue();
      assertThat(planner.session().runLast(builder.last().build()).succeeded()).isTrue();
      // The launcher still has its planner, until this program closes it.
      assertThat(planner.process().waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
      planner.session().close();
      assertThat(planner.process().waitFor()).isEqualTo(42);
    }
  }

  @Test
  void givesTheLauncherNothingOfTheEnvironment() throws Exception {
    Path launcher = LauncherProcess.install(directory);
    try (LocalPlanner planner = start(launcher)) {
      // The shell that starts it sets these.
      assertThat(planner.session().request().environment().entries())
          .allMatch(entry -> entry.matches("(PWD|OLDPWD|SHLVL|_)=.*"));
    }
  }

  @Test
  void tellsWhatALauncherSaidThatEnded() throws Exception {
    Path launcher = LauncherProcess.script(directory, "echo 'no good' >&2; exit 3");
    assertThatThrownBy(() -> start(launcher))
        .isInstanceOf(LauncherUnavailable.class)
        .hasMessageStartingWith(
            "the launcher %s ended with status 3 before it had connected: no good"
                .formatted(launcher));
  }

  @Test
  void endsALauncherThatDoesNotConnect() throws Exception {
    Path launcher = LauncherProcess.script(directory, "exec sleep 1000");
    long before = ProcessHandle.current().children().count();
    assertThatThrownBy(() -> start(launcher, Duration.ofMillis(100)))
        .isInstanceOf(LauncherUnavailable.class)
        .hasMessageStartingWith(
            "the launcher %s runs, but did not connect properly".formatted(launcher));
    while (ProcessHandle.current().children().count() > before) {
      Thread.sleep(10);
    }
  }

  @Test
  void namesAProgramThatCannotBeStarted() throws IOException {
    Path launcher = directory.resolve("absent");
    assertThatThrownBy(() -> start(launcher))
        .isInstanceOf(LauncherUnavailable.class)
        .hasMessageStartingWith("the launcher %s can't be started: ".formatted(launcher))
        .hasMessageContaining("No such file or directory");
  }
}
