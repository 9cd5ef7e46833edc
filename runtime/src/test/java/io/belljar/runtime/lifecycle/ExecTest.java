package io.belljar.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.step.GroupStep;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.state.LiveContainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecTest {
  private static final ContainerId ID = new ContainerId("web");

  @TempDir Path root;
  private FakeMachine machine;

  @BeforeEach
  void start() {
    machine = new FakeMachine(root);
  }

  private static Exec.Options options(boolean ignorePaused) {
    return new Exec.Options(
        ID,
        process -> process.toBuilder().args(List.of("true")).build(),
        false,
        NewContainer.Terminal.NONE,
        Optional.empty(),
        true,
        0,
        ignorePaused);
  }

  @Test
  void placesTheProcessIntoEveryGroup() {
    machine.create("web");
    Plan plan = Exec.plan(machine.request(), options(false));
    assertThat(plan.steps(Role.LAUNCHER))
        .contains(
            new GroupStep.Place("/sys/fs/cgroup/unified/web/cgroup.procs", Role.COMMAND),
            new GroupStep.Place("/sys/fs/cgroup/pids/web/cgroup.procs", Role.COMMAND));
  }

  @Test
  void refusesWhatDoesNotRun() {
    assertThatThrownBy(() -> Exec.run(machine.request(), options(false)))
        .hasMessage("container does not exist");
    machine.create("web");
    Pause.run(machine.request(), ID);
    assertThatThrownBy(() -> Exec.run(machine.request(), options(false)))
        .hasMessage("cannot exec in a paused container (use --ignore-paused to override)");
    assertThat(Exec.plan(machine.request(), options(true)).steps()).isNotEmpty();
    LiveContainer container = machine.request().observer().look(ID).orElseThrow();
    machine.kill(container.process().orElseThrow().pid());
    assertThatThrownBy(() -> Exec.run(machine.request(), options(false)))
        .hasMessage("cannot exec in a stopped container");
  }
}
