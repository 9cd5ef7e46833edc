package io.belljar.conformance.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Ran;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The planner itself, as its user meets it. */
class ResidencyTest extends Scenario {
  @BeforeEach
  void beginWithoutAPlanner() {
    planners().forEach(pid -> sh("kill -9 " + pid));
    eventually("no planner is left", () -> planners().isEmpty());
    sh("rm -f $BELLJAR_RUNTIME_DIR/belljar/planner*");
  }

  private List<Long> planners() {
    return Machine.commandsWith(
        sh("echo $BELLJAR_RUNTIME_DIR").output().strip() + "/belljar/planner-");
  }

  private long planner() {
    assertThat(planners()).hasSize(1);
    return planners().getFirst();
  }

  private void stop(long pid) {
    sh("kill -STOP " + pid).succeeds();
    eventually("the planner is stopped", () -> Machine.status(pid, "State").startsWith("T"));
  }

  /** The planner has read the request, and the launcher has its first frame. */
  private void awaitHeard(Command.Running waiting) {
    eventually("it waits", () -> sh("belljar planner status").output().contains("1 under way"));
    eventually(
        "it is called belljar",
        () -> Machine.status(waiting.process().pid(), "Name").equals("belljar"));
  }

  @Test
  void statusStartsNoPlannerAndSaysSo() {
    Ran none = sh("belljar planner status");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.error()).isEqualTo("belljar: no planner runs for this caller\n");
    assertThat(sh("belljar planner stop").code()).isZero();
    assertThat(planners()).isEmpty();
  }

  @Test
  void aRuntimeDirectoryThatOthersMayReadIsRefusedInOneLine() {
    sh("mkdir -m 0755 shared shared/belljar").succeeds();
    for (String words : List.of("--version", "planner status", "planner stop")) {
      Ran refused = sh("BELLJAR_RUNTIME_DIR=$PWD/shared belljar " + words);
      assertThat(refused.code()).as(words).isEqualTo(1);
      assertThat(refused.error())
          .as(words)
          .startsWith("belljar: the runtime directory ")
          .endsWith(
              "/shared/belljar must be this user's, 0700, its path short, and its parent there"
                  + ": EPERM (Operation not permitted)\n");
    }
  }

  @Test
  void aContainerWhoseEndFindsNoPlaceForAPlannerKeepsItsExitCode() {
    try (Command.Running running =
        start(
            "belljar run --rm --name $NAME -v $PWD:/w --from-host sh,sleep -- sh -c"
                + " 'echo up; until [ -e /w/go ]; do sleep 0.05; done; exit 7'")) {
      eventually("it runs", () -> running.outputSoFar().contains("up"));
      sh("chmod 0755 $BELLJAR_RUNTIME_DIR/belljar; touch go").succeeds();
      assertThat(running.await().exitsWith(7).error())
          .contains("the runtime directory ")
          .hasLineCount(1);
    } finally {
      sh("chmod 0700 $BELLJAR_RUNTIME_DIR/belljar; belljar rm $NAME").succeeds();
    }
  }

  @Test
  void statusShowsThePlannerAndStopEndsIt() {
    sh("belljar --version").succeeds();
    long pid = planner();
    assertThat(sh("belljar planner status").succeeds().output())
        .matches("(?s)pid +" + pid + "\n.*requests +2, 0 under way\n.*AOT cache +in use\n.*");
    assertThat(sh("belljar planner status --json").succeeds().output())
        .contains("\"pid\": " + pid + ",", "\"requests\": 3,", "\"aotCache\": true,");
    sh("belljar planner stop").succeeds();
    eventually("the planner ends", () -> planners().isEmpty());
    sh("belljar --version").succeeds();
    assertThat(planner()).isNotEqualTo(pid);
  }

  @Test
  void stopWaitsForWhatIsUnderWay() {
    sh("belljar run -d --name $NAME --from-host sleep -- sleep 1000").succeeds();
    try (Command.Running waiting = start("belljar wait $NAME")) {
      awaitHeard(waiting);
      long pid = planner();
      try (Command.Running stopping = start("belljar planner stop")) {
        eventually(
            "it says why it waits",
            () -> stopping.errorSoFar().contains("waiting for a command that is not finished"));
        assertThat(planners()).containsExactly(pid);
        sh("belljar rm -f $NAME").succeeds();
        stopping.await().succeeds();
      }
      waiting.await().succeeds();
    }
  }

  @Test
  void aStoppedPlannerIsPassedByAndKilledWhenItIsToEnd() {
    sh("belljar --version").succeeds();
    long pid = planner();
    stop(pid);
    Ran other = sh("belljar --version").succeeds();
    assertThat(other.error())
        .isEqualTo(
            "belljar: the planner (process %d) does not answer, so another one is asked; `belljar"
                    .formatted(pid)
                + " planner stop` ends it\n");
    assertThat(sh("belljar planner status").code()).isEqualTo(1);
    assertThat(sh("belljar planner stop").succeeds().error())
        .contains("(process " + pid + ") did not answer, and was killed");
    eventually("it is dead", () -> planners().isEmpty());
    assertThat(sh("belljar --version").succeeds().error()).isEmpty();
  }

  @Test
  void aPlannerThatWakesUpAfterItWasPassedByDoesNothingOfWhatItWasAsked() {
    sh("belljar run -d --name $NAME --from-host sleep -- sleep 0").succeeds();
    sh("belljar wait $NAME").succeeds();
    long pid = planner();
    stop(pid);
    try (Command.Running removing = start("belljar rm $NAME")) {
      eventually("it is passed by", () -> removing.errorSoFar().contains("another one is asked"));
      sh("kill -CONT " + pid).succeeds();
      assertThat(removing.await().succeeds().output()).isEqualTo(sh("echo $NAME").output());
    }
  }

  @Test
  void aPlannerThatIsStoppedWithinAnAnswerIsWaitedForAndTheCallerKnows() {
    sh("belljar run -d --name $NAME --from-host sleep -- sleep 1000").succeeds();
    long pid = planner();
    try (Command.Running waiting = start("belljar logs -f $NAME")) {
      awaitHeard(waiting);
      stop(pid);
      eventually(
          "the caller is told",
          () ->
              waiting
                  .errorSoFar()
                  .contains(
                      "the planner (process %d) is stopped, and holds this command up"
                          .formatted(pid)));
      sh("kill -CONT " + pid).succeeds();
      sh("belljar rm -f $NAME").succeeds();
      waiting.await().succeeds();
    }
  }

  @Test
  void aKilledPlannerIsReplacedBeforeAnythingWasAnswered() {
    sh("belljar --version").succeeds();
    long pid = planner();
    sh("kill -9 " + pid).succeeds();
    assertThat(sh("belljar --version").succeeds().error()).isEmpty();
    assertThat(planner()).isNotEqualTo(pid);
  }

  @Test
  void aPlannerThatIsKilledWithinItsAnswerFailsTheCommand() {
    sh("belljar run -d --name $NAME --from-host sleep -- sleep 1000").succeeds();
    try (Command.Running waiting = start("belljar logs -f $NAME")) {
      awaitHeard(waiting);
      sh("kill -9 " + planner()).succeeds();
      Ran ended = waiting.await();
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.error()).contains("the planner ended before its answer did");
    }
    sh("belljar rm -f $NAME").succeeds();
  }

  @Test
  void aPlannerThatIsKilledWithinAPlanFailsTheCommandWhenTheStepIsDone() {
    sh("belljar run -d --name $NAME --from-host sleep -- sleep 1000").succeeds();
    try (Command.Running waiting = start("belljar wait $NAME")) {
      awaitHeard(waiting);
      // It waits for the container by itself, in a step.
      eventually(
          "it waits in a step",
          () ->
              sh("ls -l /proc/%d/fd".formatted(waiting.process().pid()))
                  .output()
                  .contains("pidfd"));
      sh("kill -9 " + planner()).succeeds();
      sh("belljar rm -f $NAME").succeeds();
      Ran ended = waiting.await();
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.error()).contains("the planner is gone, and its plan was undone");
    }
  }

  @Test
  void twentyFirstCallersLeaveOnePlanner() {
    sh("for i in $(seq 20); do belljar --version & done; wait").succeeds();
    eventually("one planner is left", () -> planners().size() == 1);
    assertThat(planner()).isPositive();
  }

  @Test
  void theNextPlannerRemovesSocketsOfDeadOnes() {
    sh("unshare --net belljar --version").succeeds();
    sh("kill -9 " + planner()).succeeds();
    eventually("it is dead", () -> planners().isEmpty());
    sh("belljar --version").succeeds();
    eventually(
        "one socket is left",
        () -> sh("ls $BELLJAR_RUNTIME_DIR/belljar/*.sock").output().lines().count() == 1);
  }

  @Test
  @Tag("exhaustive")
  void aPlannerThatNeverListensIsEndedAfterAMinute() {
    Path copy = directory().resolve("copy");
    sh("cp -rL $(dirname $(dirname $(which belljar))) " + copy).succeeds();
    String hangs = directory() + "/hangs";
    sh("printf '%s\\n' /bin/bash -c 'exec -a "
            + hangs
            + " sleep 1000' >"
            + copy
            + "/lib/planner.args")
        .succeeds();
    try (Command.Running waiting = start(copy + "/bin/belljar --version")) {
      eventually("it was started", () -> !Machine.commandsWith(hangs).isEmpty());
      Ran failed = waiting.await();
      assertThat(failed.code()).isNotZero();
      assertThat(failed.error()).contains("no planner could be reached or started");
    }
    assertThat(Machine.commandsWith(hangs)).as("what was started in its place").isEmpty();
  }

  @Test
  void aDistributionThatIsReplacedFileByFileEndsItsPlanner() {
    Path copy = directory().resolve("copy");
    String run = copy.resolve("bin/belljar") + " --version";
    sh("cp -rL $(dirname $(dirname $(which belljar))) " + copy).succeeds();
    sh(run).succeeds();
    long pid = planner();
    sh("touch " + copy.resolve("lib/planner.args")).succeeds();
    sh(run).succeeds();
    eventually("the old one ends", () -> !planners().contains(pid));
    planner();
    sh(copy.resolve("bin/belljar") + " planner stop").succeeds();
  }

  @Test
  void aListenerOfAContainerIsNotAskedWhoseNumberIsThatOfAProcessOfTheHostByNow()
      throws IOException {
    Machine.requireProgram("python3", "python3-minimal");
    Path script = directory().resolve("listener.py");
    try (InputStream in = ResidencyTest.class.getResourceAsStream("listener-of-a-container.py")) {
      Files.copy(in, script);
    }
    sh("belljar --version").succeeds();
    String socket =
        sh("belljar planner status").output().replaceAll("(?s).*socket +(\\S+).*", "$1");
    sh("belljar planner stop").succeeds();
    eventually("its socket is free", () -> !Files.exists(Path.of(socket)));
    try (Command.Running _ = start("python3 %s %s > listening".formatted(script, socket))) {
      Path listening = directory().resolve("listening");
      eventually("it listens", () -> sh("cat " + listening).output().equals("listening\n"));
      Ran asked = sh("belljar --version");
      assertThat(asked.output()).isEmpty();
      assertThat(asked.error()).contains("no planner could be reached or started");
    }
    Files.delete(Path.of(socket));
  }

  @Test
  void aUnitsSocketStartsThePlannerForItsOwnNamespacesOnly() {
    Machine.requireProgram("systemd-socket-activate", "systemd");
    sh("mkdir -p -m 0700 $BELLJAR_RUNTIME_DIR/belljar").succeeds();
    String directory = sh("echo $BELLJAR_RUNTIME_DIR").output().strip();
    try (Command.Running unit =
        start(
            "systemd-socket-activate --listen=%s/belljar/planner.sock -E BELLJAR_RUNTIME_DIR=%s"
                    .formatted(directory, directory)
                + " $(which belljar) planner serve")) {
      eventually("the unit listens", () -> unit.errorSoFar().contains("Listening on "));
      assertThat(sh("belljar planner status").code()).isEqualTo(1);
      assertThat(sh("belljar --version").succeeds().error()).isEmpty();
      long pid = planner();
      assertThat(pid).isEqualTo(unit.process().pid());
      assertThat(sh("unshare --net belljar --version").succeeds().error()).isEmpty();
      assertThat(planners()).hasSize(2).contains(pid);
      sh("belljar planner stop").succeeds();
      unit.await().succeeds();
    }
    sh("rm -f $BELLJAR_RUNTIME_DIR/belljar/planner.sock").succeeds();
  }

  @Test
  void aUnitsCommandIsNotForPeople() {
    Ran typed = sh("belljar planner serve");
    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.error())
        .isEqualTo("belljar: planner serve: a unit of systemd's starts it, with one socket\n");
  }

  @Test
  void aCommandThatWaitsHasItsOwnNameAgain() {
    sh("belljar run -d --name $NAME --from-host sleep -- sleep 1000").succeeds();
    try (Command.Running waiting = start("belljar wait $NAME")) {
      long pid = waiting.process().pid();
      awaitHeard(waiting);
      assertThat(Machine.status(pid, "Name")).isEqualTo("belljar");
      sh("belljar rm -f $NAME").succeeds();
      waiting.await().succeeds();
    }
  }

  @Test
  void anOrdinaryUsersContainersAreRemovedByWhoWaitedForThem() {
    asNobody("belljar run -d --rm --name $NAME --from-host true -- true").succeeds();
    eventually("it is gone", () -> asNobody("belljar ps -aq").succeeds().output().isEmpty());
  }
}
