package io.belljar.planner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.planner.FakeLauncher.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Planners in processes of their own, at one path. */
@Timeout(60)
class RacingPlannersTest {
  @TempDir private Path directory;
  private Path socket;
  private final List<Process> planners = new ArrayList<>();

  @BeforeEach
  void makeThePlace() {
    socket = directory.resolve("run/planner");
  }

  @AfterEach
  void killAll() throws InterruptedException {
    for (Process planner : planners) {
      planner.destroyForcibly().waitFor();
    }
  }

  private Process start() throws IOException {
    Process planner = PlannerProcess.start(socket, directory.resolve("log"));
    planners.add(planner);
    return planner;
  }

  /** Waits for the line, and for the end of the stream: a caller must not be kept waiting. */
  private static void awaitReady(Process planner) throws IOException {
    assertThat(new String(planner.getInputStream().readAllBytes(), UTF_8)).isEqualTo("ready\n");
  }

  private long serving() throws IOException {
    try (FakeLauncher launcher = FakeLauncher.connect(socket)) {
      Frame answer = launcher.sendRequest("a").receive();
      byte[] payload = answer.payload().toArray();
      return Long.parseLong(new String(payload, 4, payload.length - 4, UTF_8));
    }
  }

  @Test
  void oneListensAndTheOthersEndQuietly() throws Exception {
    for (int i = 0; i < 3; i++) {
      start();
    }
    for (Process planner : planners) {
      awaitReady(planner);
      // Whoever says so, from then on somebody answers.
      assertThat(planners).extracting(Process::pid).contains(serving());
    }
    long winner = serving();
    for (Process planner : planners) {
      if (planner.pid() == winner) {
        assertThat(planner.isAlive()).isTrue();
      } else {
        assertThat(planner.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(planner.exitValue()).isZero();
      }
    }
  }

  @Test
  void aKilledPlannerIsReplaced() throws Exception {
    Process first = start();
    awaitReady(first);
    first.destroyForcibly().waitFor();
    assertThat(socket).exists();
    Process second = start();
    awaitReady(second);
    assertThat(serving()).isEqualTo(second.pid());
  }

  @Test
  void endsOnTermSignal() throws Exception {
    Process planner = start();
    awaitReady(planner);
    planner.destroy();
    assertThat(planner.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(planner.exitValue()).isEqualTo(128 + 15);
    assertThat(socket).doesNotExist();
    assertThat(directory.resolve("log")).content().contains("it was told to stop");
  }
}
