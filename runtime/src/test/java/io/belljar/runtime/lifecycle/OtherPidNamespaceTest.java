package io.belljar.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.runtime.ContainerId;
import io.belljar.runtime.container.StartMode;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.runtime.state.Marker;
import io.belljar.runtime.state.ProcessSpace;
import io.belljar.spec.state.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherPidNamespaceTest {
  private static final ContainerId ID = new ContainerId("web");
  private static final ProcessSpace ELSEWHERE = new ProcessSpace(7, FakeMachine.HERE.boot());

  @TempDir Path root;
  private FakeMachine machine;

  @BeforeEach
  void start() {
    machine = new FakeMachine(root);
  }

  private void assertRefused(ThrowingCallable command) {
    assertThatThrownBy(command)
        .isInstanceOf(LifecycleException.class)
        .hasMessage("container web belongs to another pid namespace: run this command there");
  }

  @Test
  void leavesAContainerThatIsBeingMadeAlone() {
    machine.killWhileCreating("web");
    List<String> before = machine.traces();
    assertThat(ListContainers.run(machine.request(ELSEWHERE)))
        .extracting(LiveContainer::status)
        .containsExactly(Status.CREATING);
    assertRefused(() -> Delete.run(machine.request(ELSEWHERE), new Delete.Options(ID, true)));
    assertThat(machine.traces()).isEqualTo(before);
    assertThat(machine.warnings).isEmpty();
    Recovery.sweep(machine.request());
    assertThat(machine.traces()).isEmpty();
  }

  @Test
  void leavesAMarkerWithoutAContainerAlone() {
    Invocation busy = machine.request();
    machine.store.mark(
        new Marker(
            ID, Marker.Work.CREATE, busy.launcher(), FakeMachine.HERE, List.of(), List.of()));
    Recovery.sweep(machine.request(ELSEWHERE));
    assertRefused(() -> Delete.run(machine.request(ELSEWHERE), new Delete.Options(ID, true)));
    assertThat(machine.store.marker(ID)).isPresent();
    assertThat(machine.processes()).contains(busy.launcher().pid());
    assertThatThrownBy(() ->
            Create.run(machine.request(ELSEWHERE), machine.container("web", StartMode.CREATE)))
        .hasMessage("container with given ID already exists");
  }

  @Test
  void leavesAForegroundContainerAlone() {
    Invocation foreground = machine.request();
    Run.run(foreground, machine.container("web", StartMode.FOREGROUND));
    assertThat(ShowState.run(machine.request(ELSEWHERE), ID)).contains("\"pid\": 0");
    assertThat(Conclude.run(machine.request(ELSEWHERE), ID)).isEmpty();
    assertThat(machine.store.exists(ID)).isTrue();
  }

  @Test
  void refusesToChangeAContainer() {
    machine.create("web");
    Exec.Options exec =
        new Exec.Options(
            ID,
            process -> process,
            false,
            NewContainer.Terminal.NONE,
            Optional.empty(),
            true,
            0,
            Set.of(),
            false);
    assertRefused(() -> Start.run(machine.request(ELSEWHERE), ID));
    assertRefused(() -> Exec.run(machine.request(ELSEWHERE), exec));
    assertRefused(() -> Pause.run(machine.request(ELSEWHERE), ID));
    assertRefused(() -> Resume.run(machine.request(ELSEWHERE), ID));
    assertRefused(() -> Delete.run(machine.request(ELSEWHERE), new Delete.Options(ID, false)));
    assertRefused(() -> Delete.run(machine.request(ELSEWHERE), new Delete.Options(ID, true)));
    assertRefused(() -> Kill.run(machine.request(ELSEWHERE), new Kill.Options(ID, "KILL", true)));
    assertThat(machine.signals).isEmpty();
    assertThat(ShowState.run(machine.request(), ID)).contains("\"status\": \"created\"");
  }

  @Test
  void removesWhatAnEarlierBootLeft() {
    machine.killWhileCreating("web");
    Invocation later = machine.request(new ProcessSpace(7, "later"));
    assertThat(ListContainers.run(later)).isEmpty();
    assertThat(machine.traces()).isEmpty();
  }
}
