package io.belljar.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.plan.step.GroupStep;
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
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeleteTest {
  private static final ContainerId ID = new ContainerId("web");
  private static final Delete.Options PLAIN = new Delete.Options(ID, false);
  private static final Delete.Options FORCE = new Delete.Options(ID, true);

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
  void removesWhatWasNeverStarted() {
    machine.create("web");
    Invocation invocation = machine.request();
    Delete.run(invocation, PLAIN);
    assertThat(machine.traces()).isEmpty();
    assertThat(machine.processes()).doesNotContain(101);
  }

  @Test
  void refusesWhatRunsUnlessForced() {
    machine.create("web");
    Start.run(machine.request(), ID);
    assertThatThrownBy(() -> Delete.run(machine.request(), PLAIN))
        .isInstanceOf(LifecycleException.class)
        .hasMessage("cannot delete container web that is not stopped: running");
    Delete.run(machine.request(), FORCE);
    assertThat(machine.traces()).isEmpty();
  }

  @Test
  void mindsAMissingContainerUnlessForced() {
    assertThatThrownBy(() -> Delete.run(machine.request(), PLAIN))
        .hasMessage("container does not exist");
    Delete.run(machine.request(), FORCE);
  }

  @Test
  void leavesTheCleaningUpToALauncherThatWaits() {
    Hook hook = new Hook("/bin/after", List.of(), List.of(), OptionalInt.empty());
    Hooks hooks = new Hooks(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(hook));
    Config config = machine.config().toBuilder().hooks(hooks).build();
    Invocation foreground = machine.request();
    Run.run(foreground, machine.container("web", StartMode.FOREGROUND, config));
    Delete.run(machine.request(), FORCE);
    assertThat(machine.traces()).isEmpty();
    assertThat(machine.hooks).containsExactly("/bin/after");
    assertThat(machine.processes()).doesNotContain(foreground.launcher().pid());
  }

  @Test
  void runsTheHooksWhenTheContainerIsGone() {
    Hook hook = new Hook("/bin/after", List.of(), List.of(), OptionalInt.empty());
    Hooks hooks = new Hooks(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(hook));
    Config config = machine.config().toBuilder().hooks(hooks).build();
    Invocation create = machine.request();
    Create.run(create, machine.container("web", StartMode.CREATE, config));
    machine.kill(create.launcher().pid());
    machine.failing.add("/bin/after");
    Delete.run(machine.request(), FORCE);
    assertThat(machine.hooks).containsExactly("/bin/after");
    assertThat(machine.warnings).singleElement().asString().startsWith("hooks.poststop[0]: ");
    assertThat(machine.traces()).isEmpty();
  }

  @Test
  void endsALauncherThatIsStillMakingTheContainer() {
    Invocation busy = machine.request();
    machine.store.mark(
        new Marker(
            ID, Marker.Work.CREATE, busy.launcher(), FakeMachine.HERE, List.of(), List.of()));
    Delete.run(machine.request(), FORCE);
    assertThat(machine.processes()).doesNotContain(busy.launcher().pid());
    assertThat(machine.traces()).isEmpty();
  }

  @Test
  void leavesGroupsThatAnotherContainerHasTaken() {
    Config config =
        machine.config().toBuilder()
            .linux(machine.config().linux().toBuilder().cgroupsPath(Optional.of("/shared")).build())
            .build();
    Invocation first = machine.request();
    Create.run(first, machine.container("web", StartMode.CREATE, config));
    machine.kill(first.launcher().pid());
    machine.kill(look().process().orElseThrow().pid());
    removeGroups();
    Invocation second = machine.request();
    Create.run(second, machine.container("db", StartMode.CREATE, config));
    machine.kill(second.launcher().pid());
    Delete.run(machine.request(), PLAIN);
    assertThat(machine.request().observer().look(new ContainerId("db")).orElseThrow().status())
        .isEqualTo(Status.CREATED);
  }

  private void removeGroups() {
    Conclude.run(machine.request(), ID);
  }

  @Test
  void explainsEachStep() {
    machine.create("web");
    assertThat(Delete.plan(machine.request(), PLAIN).steps())
        .extracting(step -> step.step().operation().name())
        .startsWith("OPEN_PROCESS", "SIGNAL_PROCESS", "KILL_GROUP", "AWAIT_EXIT", "REMOVE_GROUP")
        .endsWith("REMOVE_GROUP");
    assertThat(Delete.plan(machine.request(), PLAIN).steps().get(2).step())
        .isEqualTo(new GroupStep.Kill("/sys/fs/cgroup/unified/web"));
    assertThat(look().status()).isEqualTo(Status.CREATED);
  }
}
