package io.belljar.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.runtime.ContainerId;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.Marker;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.Hook;
import io.belljar.spec.config.Hooks;
import io.belljar.spec.state.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
  private static final ContainerId ID = new ContainerId("web");

  @TempDir Path root;
  private FakeMachine machine;

  @BeforeEach
  void start() {
    machine = new FakeMachine(root);
  }

  private LiveContainer look() {
    return machine.request().observer().look(ID).orElseThrow();
  }

  @Test
  void startsAContainerThatWaits() {
    machine.create("web");
    Start.run(machine.request(), ID);
    assertThat(look().status()).isEqualTo(Status.RUNNING);
  }

  @Test
  void refusesToStartTwice() {
    machine.create("web");
    Start.run(machine.request(), ID);
    assertThatThrownBy(() -> Start.run(machine.request(), ID))
        .hasMessage("cannot start an already running container");
  }

  @Test
  void refusesWhatHasStoppedOrIsPausedOrIsNotThere() {
    machine.create("web");
    Pause.run(machine.request(), ID);
    assertThatThrownBy(() -> Start.run(machine.request(), ID))
        .hasMessage("cannot start a container in the paused state");
    machine.kill(look().process().orElseThrow().pid());
    assertThatThrownBy(() -> Start.run(machine.request(), ID))
        .hasMessage("cannot start a container that has stopped");
    assertThatThrownBy(() -> Start.run(machine.request(), new ContainerId("db")))
        .hasMessage("container does not exist");
  }

  @Test
  void refusesWhatIsStillBeingMade() {
    machine.create("web");
    Invocation busy = machine.request();
    machine.store.mark(
        new Marker(
            ID, Marker.Work.CREATE, busy.launcher(), FakeMachine.HERE, List.of(), List.of()));
    assertThatThrownBy(() -> Start.run(machine.request(), ID))
        .hasMessage("cannot start a container in the creating state");
  }

  @Test
  void warnsOfAHookThatFailsAndRunsTheNext() {
    Hooks hooks =
        new Hooks(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(hook("/bin/one"), hook("/bin/two")),
            List.of());
    Config config = machine.config().toBuilder().hooks(hooks).build();
    Create.run(machine.request(), machine.container("web", StartMode.CREATE, config));
    machine.failing.add("/bin/one");
    Start.run(machine.request(), ID);
    assertThat(machine.hooks).containsExactly("/bin/one", "/bin/two");
    assertThat(machine.warnings).singleElement().asString().startsWith("hooks.poststart[0]: ");
  }

  private static Hook hook(String path) {
    return new Hook(path, List.of(), List.of(), OptionalInt.empty());
  }

  @Test
  void explainsWithItsHooks() {
    machine.create("web");
    assertThat(Start.plan(machine.request(), ID).steps().toString())
        .contains("OpenProcess", "Start[fifo=" + machine.store.directory(ID) + "/exec.fifo");
    assertThat(look().status()).isEqualTo(Status.CREATED);
  }
}
