package io.belljar.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.step.GroupStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.spec.process.Process;
import io.belljar.spec.process.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        Set.of(),
        ignorePaused);
  }

  @Test
  void placesTheProcessIntoEveryGroup() {
    machine.create("web");
    Plan plan = Exec.plan(machine.request(), options(false));
    assertThat(plan.steps(Role.LAUNCHER))
        .anyMatch(
            step -> step instanceof NamespaceStep.Fork fork && fork.group().name().equals("cgroup"))
        .noneMatch(GroupStep.Place.class::isInstance);
    assertThat(plan.steps(Role.COMMAND))
        .filteredOn(GroupStep.Enter.class::isInstance)
        .extracting(step -> ((GroupStep.Enter) step).tasks())
        .contains("/sys/fs/cgroup/pids/web/tasks");
  }

  @Test
  void aFullGroupIsMovedInto() throws IOException {
    machine.create("web");
    Path group = machine.path("/sys/fs/cgroup/unified/web");
    Files.writeString(group.resolve("pids.max"), "2\n");
    Files.writeString(group.resolve("pids.current"), "1\n");
    Plan plan = Exec.plan(machine.request(), options(false));
    assertThat(plan.steps(Role.LAUNCHER))
        .contains(new GroupStep.Place("/sys/fs/cgroup/unified/web/cgroup.procs", Role.COMMAND));
  }

  @Test
  void takesTheHomeOfTheContainerAndReadsNoFileOfIt() {
    Process process = Process.builder(List.of("true")).build();
    Process user = process.toBuilder().user(User.of(1000, 1000)).build();
    assertThat(HomeVariable.fill(process, List.of("A=1", "HOME=/srv")).env())
        .containsExactly("HOME=/srv");
    assertThat(HomeVariable.fill(process, List.of()).env()).containsExactly("HOME=/root");
    assertThat(HomeVariable.fill(user, List.of()).env()).containsExactly("HOME=/");
    Process own = process.toBuilder().env(List.of("HOME=/own")).build();
    assertThat(HomeVariable.fill(own, List.of("HOME=/srv")).env()).containsExactly("HOME=/own");
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
