package io.belljar.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.Marker;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.Hook;
import io.belljar.spec.config.Hooks;
import io.belljar.spec.config.Root;
import io.belljar.spec.state.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreateTest {
  private static final ContainerId ID = new ContainerId("web");

  @TempDir Path root;
  private FakeMachine machine;

  @BeforeEach
  void start() {
    machine = new FakeMachine(root);
  }

  private static Hooks poststop(String path) {
    Hook hook = new Hook(path, List.of(), List.of(), OptionalInt.empty());
    return new Hooks(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(hook));
  }

  @Test
  void leavesAContainerThatWaits() {
    machine.create("web");
    LiveContainer container = machine.request().observer().look(ID).orElseThrow();
    assertThat(container.status()).isEqualTo(Status.CREATED);
    assertThat(container.process()).isPresent();
    assertThat(container.stored().groups()).contains("/sys/fs/cgroup/unified/web");
    assertThat(machine.store.marker(ID)).isEmpty();
  }

  @Test
  void refusesANameThatIsTaken() {
    machine.create("web");
    assertThatThrownBy(
            () -> Create.run(machine.request(), machine.container("web", StartMode.CREATE)))
        .isInstanceOf(LifecycleException.class)
        .hasMessage("container with given ID already exists");
  }

  @Test
  void refusesANameThatIsBeingTaken() {
    Invocation busy = machine.request();
    machine.store.mark(
        new Marker(
            ID, Marker.Work.CREATE, busy.launcher(), FakeMachine.HERE, List.of(), List.of()));
    assertThatThrownBy(
            () -> Create.run(machine.request(), machine.container("web", StartMode.CREATE)))
        .hasMessage("container with given ID already exists");
  }

  @Test
  void takesANameThatAKilledLauncherHad() {
    machine.killWhileCreating("web");
    machine.create("web");
    assertThat(machine.request().observer().look(ID).orElseThrow().status())
        .isEqualTo(Status.CREATED);
  }

  @Test
  void leavesNothingWhenAStepFails() {
    machine.failing.add("RECORD_PID");
    Config config = machine.config().toBuilder().hooks(poststop("/bin/after")).build();
    assertThatThrownBy(
            () -> Create.run(machine.request(), machine.container("web", StartMode.CREATE, config)))
        .isInstanceOf(PlanFailedException.class)
        .hasMessageContaining("EIO (Input/output error)");
    assertThat(machine.traces()).isEmpty();
    assertThat(machine.hooks).containsExactly("/bin/after");
  }

  @Test
  void cleansUpWhatTheLauncherCouldNotUndo() {
    machine.failing.add("RECORD_PID");
    machine.failing.add("REMOVE_FILE");
    assertThatThrownBy(
            () -> Create.run(machine.request(), machine.container("web", StartMode.CREATE)))
        .isInstanceOf(PlanFailedException.class);
    assertThat(machine.store.ids()).isEmpty();
  }

  @Test
  void storesNothingWhenItCannotBePlanned() {
    Config config =
        machine.config().toBuilder()
            .linux(machine.config().linux().toBuilder().cgroupsPath(Optional.of("/")).build())
            .build();
    assertThatThrownBy(
            () -> Create.run(machine.request(), machine.container("web", StartMode.CREATE, config)))
        .hasMessageStartingWith("config.json: linux.cgroupsPath: \"/\" is the root");
    assertThat(machine.store.ids()).isEmpty();
    assertThat(machine.store.marked()).isEmpty();
  }

  @Test
  void explainsWithoutStoring() {
    Plan plan = Create.plan(machine.request(), machine.container("web", StartMode.CREATE));
    assertThat(plan.last()).isTrue();
    assertThat(plan.steps(Role.INIT)).isNotEmpty();
    assertThat(machine.store.root()).doesNotExist();
  }

  @Test
  void saysThatSystemdIsNotSupportedYet() {
    NewContainer container =
        NewContainer.of(ID, machine.container("web", StartMode.CREATE).bundle(), StartMode.CREATE)
            .systemdCgroup(true)
            .build();
    assertThatThrownBy(() -> Create.run(machine.request(), container))
        .hasMessageStartingWith("--systemd-cgroup is not supported yet");
  }

  @Test
  void namesTheRootThatIsNotThere() {
    Config config = Config.builder(new Root("missing", false)).build();
    assertThatThrownBy(() -> Bundle.of(root, config))
        .hasMessage("config.json: root.path: " + root.resolve("missing") + " does not exist");
  }

  @Test
  void givesTheProcessAHome() {
    Plan plan = Create.plan(machine.request(), machine.container("web", StartMode.CREATE));
    assertThat(plan.steps(Role.INIT).toString()).contains("HOME=/root");
    assertThat(HomeVariable.fill(machine.config()).process().orElseThrow().env())
        .contains("HOME=/root");
  }
}
