package io.belljar.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.Marker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecoveryTest {
  private static final ContainerId ID = new ContainerId("web");

  @TempDir Path root;

  /** A machine for each number of steps, as many as there are until the launcher is not killed. */
  private interface Attempt {
    /** Whether the launcher was killed. */
    boolean run(FakeMachine machine, int steps) throws IOException;
  }

  private void forEachStep(Attempt attempt) throws IOException {
    int steps = 0;
    while (attempt.run(new FakeMachine(root.resolve("machine" + steps)), steps)) {
      steps++;
    }
    assertThat(steps).as("steps that the launcher was killed before").isGreaterThan(3);
  }

  private static boolean isKilled(Runnable command) {
    try {
      command.run();
      return false;
    } catch (FakeMachine.LauncherDied _) {
      return true;
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = StartMode.class,
      names = {"CREATE", "DETACHED", "FOREGROUND"})
  void leavesNothingOfACreateThatIsKilledAtAnyStep(StartMode mode) throws IOException {
    forEachStep((machine, steps) -> {
      Invocation invocation = machine.request(steps);
      NewContainer container = machine.container("web", mode);
      boolean killed =
          isKilled(() -> {
            if (mode == StartMode.CREATE) {
              Create.run(invocation, container);
            } else {
              Run.run(invocation, container);
            }
          });
      if (!killed) {
        return false;
      }
      Invocation next = machine.request();
      // The marker goes with the last steps: after it, the container is there.
      List<LiveContainer> listed = ListContainers.run(next);
      if (listed.isEmpty()) {
        assertThat(machine.traces()).as("killed before step " + steps).isEmpty();
        assertThat(machine.processes()).containsExactly(next.launcher().pid());
      } else {
        assertThat(machine.store.marker(ID)).isEmpty();
        Delete.run(next, new Delete.Options(ID, true));
        assertThat(machine.traces()).isEmpty();
      }
      assertThat(machine.warnings).isEmpty();
      return true;
    });
  }

  @Test
  void finishesADeleteThatIsKilledAtAnyStep() throws IOException {
    forEachStep((machine, steps) -> {
      machine.create("web");
      boolean killed =
          isKilled(() -> Delete.run(machine.request(steps), new Delete.Options(ID, true)));
      ListContainers.run(machine.request(), ListContainers.Format.QUIET);
      assertThat(machine.traces()).as("killed before step " + steps).isEmpty();
      assertThat(machine.warnings).isEmpty();
      return killed;
    });
  }

  @Test
  void resumesARecoveryThatIsKilledAtAnyStep() throws IOException {
    forEachStep((machine, steps) -> {
      machine.killWhileCreating("web");
      assertThat(machine.store.marker(ID)).isPresent();
      boolean killed = isKilled(() -> Recovery.sweep(machine.request(steps)));
      Recovery.sweep(machine.request());
      assertThat(machine.traces()).as("killed before step " + steps).isEmpty();
      return killed;
    });
  }

  @Test
  void leavesALauncherThatIsAtWorkAlone() {
    FakeMachine machine = new FakeMachine(root);
    Invocation busy = machine.request();
    machine.store.mark(
        new Marker(
            ID, Marker.Work.CREATE, busy.launcher(), FakeMachine.HERE, List.of(), List.of()));
    Recovery.sweep(machine.request());
    assertThat(machine.store.marker(ID)).isPresent();
    machine.kill(busy.launcher().pid());
    Recovery.sweep(machine.request());
    assertThat(machine.traces()).isEmpty();
  }

  @Test
  void undoesWhatAPlannerLeftThatDiedBeforeItsLauncherHeardOfIt() {
    FakeMachine machine = new FakeMachine(root);
    Invocation again = machine.request();
    machine.store.mark(
        new Marker(
            ID, Marker.Work.CREATE, again.launcher(), FakeMachine.HERE, List.of(), List.of()));
    Recovery.sweep(again);
    assertThat(machine.traces()).isEmpty();
    assertThat(machine.processes()).contains(again.launcher().pid());
  }

  @Test
  void isNotFooledByAnotherProcessOfTheSameNumber() {
    FakeMachine machine = new FakeMachine(root);
    Invocation other = machine.request();
    ProcessIdentity earlier = new ProcessIdentity(other.launcher().pid(), 1);
    machine.store.mark(
        new Marker(ID, Marker.Work.CREATE, earlier, FakeMachine.HERE, List.of(), List.of()));
    Recovery.sweep(other);
    assertThat(machine.traces()).isEmpty();
    assertThat(machine.processes()).contains(other.launcher().pid());
  }

  @Test
  void removesTheDraftOfAMarker() throws IOException {
    FakeMachine machine = new FakeMachine(root);
    Files.createDirectories(machine.store.root().resolve(".creating"));
    Files.writeString(machine.store.root().resolve(".creating/~~web"), "{");
    Recovery.sweep(machine.request());
    assertThat(machine.traces()).isEmpty();
  }

  @Test
  void removesDirectoriesWithoutState() throws IOException {
    FakeMachine machine = new FakeMachine(root);
    Path directory = Files.createDirectories(machine.store.directory(ID));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(directory.resolve("exit"), "0 1.000000000\n");
    Recovery.sweep(machine.request());
    assertThat(machine.traces()).isEmpty();
  }

  @Test
  void leavesAloneWhatLookedLikeRemainsAndHasBecomeAContainer() {
    FakeMachine machine = new FakeMachine(root);
    machine.create("web");
    assertThat(machine.store.marker(ID)).as("what says that it is being made").isEmpty();
    Recovery.removeRemainsLocked(machine.store, ID);
    assertThat(machine.store.exists(ID)).as("the container that was completed").isTrue();
  }

  @Test
  void removesAForegroundContainerWhoseLauncherWasKilledOnceItHasEnded() {
    FakeMachine machine = new FakeMachine(root);
    Invocation foreground = machine.request();
    Run.run(foreground, machine.container("web", StartMode.FOREGROUND));
    machine.kill(foreground.launcher().pid());
    assertThat(ShowState.run(machine.request(), ID)).contains("\"status\": \"running\"");
    int process = machine.request().observer().look(ID).orElseThrow().process().orElseThrow().pid();
    machine.kill(process);
    assertThat(ListContainers.run(machine.request(), ListContainers.Format.JSON))
        .isEqualTo("null\n");
    assertThat(machine.traces()).isEmpty();
  }

  @Test
  void warnsOfWhatItCannotCleanUpAndTriesAgain() {
    FakeMachine machine = new FakeMachine(root);
    machine.create("db");
    machine.killWhileCreating("web");
    machine.failing.add("REMOVE_GROUP");
    assertThat(ListContainers.run(machine.request()))
        .extracting(LiveContainer::id)
        .contains(new ContainerId("db"));
    assertThat(machine.warnings)
        .singleElement()
        .asString()
        .startsWith("cannot clean up container web: ")
        .contains("EIO");
    machine.failing.clear();
    Recovery.sweep(machine.request());
    assertThat(machine.store.ids()).containsExactly(new ContainerId("db"));
  }
}
