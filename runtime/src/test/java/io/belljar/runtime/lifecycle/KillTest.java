package io.belljar.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.runtime.ContainerId;
import io.belljar.spec.state.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
  private static final ContainerId ID = new ContainerId("web");

  @TempDir Path root;
  private FakeMachine machine;
  private int process;

  @BeforeEach
  void start() {
    machine = new FakeMachine(root);
    machine.create("web");
    process = machine.request().observer().look(ID).orElseThrow().process().orElseThrow().pid();
  }

  private void kill(String signal, boolean all) {
    Kill.run(machine.request(), new Kill.Options(ID, signal, all));
  }

  @Test
  void sendsSignalsByNameAndNumber() {
    kill("TERM", false);
    kill("sigusr1", false);
    kill("2", false);
    assertThat(machine.signals).containsExactly(process + " 15", process + " 10", process + " 2");
  }

  @Test
  void refusesUnknownSignals() {
    assertThatThrownBy(() -> kill("FOO", false))
        .isInstanceOf(LifecycleException.class)
        .hasMessage("unknown signal \"FOO\"");
  }

  @Test
  void refusesAContainerThatHasStopped() {
    kill("KILL", false);
    assertThatThrownBy(() -> kill("KILL", false)).hasMessage("container not running");
    kill("KILL", true);
  }

  @Test
  void signalsEveryProcess() {
    kill("HUP", true);
    assertThat(machine.signals).containsExactly(process + " 1");
    assertThat(machine.request().observer().look(ID).orElseThrow().status())
        .isEqualTo(Status.CREATED);
    kill("KILL", true);
    assertThat(machine.processes()).doesNotContain(process);
  }

  @Test
  void pausesAndResumes() {
    Pause.run(machine.request(), ID);
    assertThat(machine.request().observer().look(ID).orElseThrow().status())
        .isEqualTo(Status.PAUSED);
    assertThatThrownBy(() -> Pause.run(machine.request(), ID))
        .hasMessage("container already paused");
    Resume.run(machine.request(), ID);
    assertThatThrownBy(() -> Resume.run(machine.request(), ID)).hasMessage("container not paused");
  }
}
