package io.belljar.conformance.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.OciTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Containers outlive planners, and launchers that wait for them. */
class DeathTest extends OciTest {
  @BeforeEach
  void onlyBelljar() {
    assumeTrue(Oci.isBelljar(), "it is about planners");
  }

  private long planner() {
    List<Long> planners = oci().planners();
    assertThat(planners).hasSize(1);
    return planners.getFirst();
  }

  /** Whoever waits for it may have started another one by the time that it is dead. */
  private void kill(long planner) {
    ProcessHandle.of(planner).ifPresent(ProcessHandle::destroyForcibly);
    eventually("the planner is dead", () -> !oci().planners().contains(planner));
  }

  @Test
  void aContainerRunsOnWithoutAPlanner() {
    long pid = start(bundle("exec sleep 1000"));
    kill(planner());
    assertThat(ProcessHandle.of(pid)).isPresent();
    assertThat(status(id())).isEqualTo("running");
    assertThat(oci("exec", id(), "echo", "alive").succeeds().output()).isEqualTo("alive\n");
    oci("delete", "--force", id()).succeeds();
    assertNothingLeft();
  }

  /** The launcher has become its sealed copy by then, which must be seen by the next planner. */
  @Test
  void aPlannerThatDiesWhileItPlansIsReplaced() {
    String bundle = bundle("echo once").write().toString();
    oci("list").succeeds();
    Path markers = oci().root().resolve(".creating");
    Command.of("mkdir", "-p", "-m", "0700", markers.toString()).run().succeeds();
    // Whoever stores a container locks it first, and waits at this one for somebody to read.
    Path hold = markers.resolve("~lock");
    Command.of("rm", "-f", hold.toString()).run().succeeds();
    Command.of("mkfifo", hold.toString()).run().succeeds();
    try (Command.Running running = oci().command("run", "--bundle", bundle, id()).start()) {
      long pid = running.process().pid();
      eventually(
          "it is sealed",
          () -> Command.of("readlink", "/proc/" + pid + "/exe").run().output().contains("memfd:"));
      assertThat(Machine.status(pid, "Name")).startsWith("memfd:");
      // The next one must not wait there, and this one must not go on when the way is free.
      long planner = planner();
      Command.of("kill", "-STOP", Long.toString(planner)).run().succeeds();
      try {
        Command.of("rm", hold.toString()).run().succeeds();
      } finally {
        kill(planner);
      }
      assertThat(running.await().succeeds().output()).isEqualTo("once\n");
    }
    assertNothingLeft();
  }

  @Test
  void aForegroundRunEndsWellWithoutAPlanner() {
    try (Command.Running running =
        oci()
            .command(
                "run",
                "--bundle",
                bundle("echo ready; while [ ! -e /tmp/go ]; do sleep 0.1; done; exit 4")
                    .mount("bind", directory().toString(), "/tmp", "bind")
                    .write()
                    .toString(),
                id())
            .start()) {
      eventually("it runs", () -> running.outputSoFar().contains("ready"));
      kill(planner());
      Command.of("touch", directory().resolve("go").toString()).run().succeeds();
      running.await().exitsWith(4);
    }
    assertNothingLeft();
  }

  @Test
  void aLauncherThatIsKilledWhileItWaitsLeavesAContainerThatCanBeDeleted() {
    try (Command.Running running =
        oci()
            .command("run", "--bundle", bundle("exec sleep 1000").write().toString(), id())
            .start()) {
      eventually("it runs", () -> oci("state", id()).output().contains("\"running\""));
      running.process().destroyForcibly();
      running.await();
    }
    oci("delete", "--force", id()).succeeds();
    assertThat(oci("list", "-q").succeeds().output()).isEmpty();
    assertNothingLeft();
  }

  @Test
  void aContainerWhoseLauncherWasKilledIsGoneAfterItsEnd() {
    try (Command.Running running =
        oci()
            .command("run", "--bundle", bundle("exec sleep 1000").write().toString(), id())
            .start()) {
      eventually("it runs", () -> oci("state", id()).output().contains("\"running\""));
      long pid = pid(id());
      running.process().destroyForcibly();
      running.await();
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      eventually("the container is dead", () -> ProcessHandle.of(pid).isEmpty());
    }
    eventually("the list is empty", () -> oci("list", "-q").output().isEmpty());
    assertNothingLeft();
  }

  @Test
  void aPlannerIsNoChildOfTheCommandAndHoldsNothingOfIt() {
    long planner = oci().planners().getFirst();
    assertThat(ProcessHandle.of(planner).flatMap(ProcessHandle::parent).map(ProcessHandle::pid))
        .isNotEqualTo(Optional.of(ProcessHandle.current().pid()));
    assertThat(Machine.content(Path.of("/proc/" + planner + "/environ")))
        .doesNotContain("BELLJAR_TEST");
  }

  @Test
  void worksWithAPlannerForOneCallOnly() {
    String bundle = bundle("echo once").write().toString();
    assertThat(
            oci()
                .command("run", "--bundle", bundle, id())
                .env("BELLJAR_RESIDENT", "0")
                .run()
                .succeeds()
                .output())
        .isEqualTo("once\n");
    eventually("only the resident planner is left", () -> oci().planners().size() <= 1);
    assertNothingLeft();
  }
}
