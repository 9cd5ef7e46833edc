package io.belljar.planner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who can reach the socket of a planner, and may not use it. */
@Tag("integration")
@Timeout(120)
class StrangersTest {
  private static final List<String> HERE = List.of();
  private static final List<String> ELSEWHERE = List.of("unshare", "--mount", "--pid", "--fork");

  @TempDir private Path directory;
  private Path socket;
  private Process planner;

  @BeforeEach
  void startThePlanner() throws IOException {
    assumeTrue(Self.PROCESS.isRoot(), "needs root");
    socket = directory.resolve("run/planner-1.sock");
    planner = PlannerProcess.start(socket, directory.resolve("log"));
    assertThat(new String(planner.getInputStream().readAllBytes(), UTF_8)).isEqualTo("ready\n");
  }

  @AfterEach
  void endThePlanner() throws InterruptedException {
    if (planner != null) {
      planner.destroyForcibly().waitFor();
    }
  }

  private String answer(List<String> program, String pid) throws IOException {
    Process stranger = StrangerProcess.start(program, socket, pid);
    return new String(stranger.getInputStream().readAllBytes(), UTF_8);
  }

  @Test
  void aProcessOfTheSameNamespacesIsServed() throws Exception {
    assertThat(answer(HERE, "inner")).contains("16[01000000 " + planner.pid() + "]");
  }

  @Test
  void aProcessOfOtherNamespacesIsRefusedUnderItsOwnPid() throws Exception {
    assertThat(answer(ELSEWHERE, "outer"))
        .contains("belljar: this planner serves another mnt namespace than that of process ")
        .contains("17[01000000 ]");
    assertThat(directory.resolve("log")).content().contains("a request was refused: ");
  }

  @Test
  void aProcessOfOtherNamespacesIsRefusedUnderThePidThatItHasThere() throws Exception {
    assertThat(answer(ELSEWHERE, "inner"))
        .contains("belljar: this planner serves another pid namespace: process ");
  }

  @Test
  void aProcessIsRefusedUnderThePidOfAnother() throws Exception {
    String message = "this planner serves another pid namespace: process " + planner.pid();
    assertThat(answer(ELSEWHERE, Long.toString(planner.pid()))).contains(message);
    assertThat(answer(HERE, Long.toString(planner.pid()))).contains(message);
  }

  @Test
  void anotherUserWhoMayOpenEverythingIsRefused() throws Exception {
    List<String> other =
        List.of(
            "setpriv", "--reuid=65534", "--inh-caps=+dac_override", "--ambient-caps=+dac_override");
    assertThat(answer(other, "inner"))
        .contains("belljar: this planner serves another user than that of process ");
  }
}
