package io.belljar.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.runtime.ContainerId;
import io.belljar.runtime.container.StartMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcludeTest {
  private static final ContainerId ID = new ContainerId("web");

  @TempDir Path root;
  private FakeMachine machine;

  @BeforeEach
  void start() {
    machine = new FakeMachine(root);
  }

  private void run(boolean removeOnExit) {
    Invocation invocation = machine.request();
    NewContainer container =
        NewContainer.of(
                ID, machine.container("web", StartMode.FOREGROUND).bundle(), StartMode.FOREGROUND)
            .finish(List.of("belljar", "finish", "web"))
            .removeOnExit(removeOnExit)
            .build();
    Run.run(invocation, container);
    machine.end(machine.request().observer().look(ID).orElseThrow().process().orElseThrow().pid());
  }

  @Test
  void tellsHowAContainerEndedAndRemovesIt() throws IOException {
    run(true);
    Files.writeString(machine.store.directory(ID).resolve("exit"), "137 1700000000.000000001\n");
    Files.writeString(
        root.resolve("host/sys/fs/cgroup/memory/web/memory.oom_control"), "oom_kill 1\n");
    Conclude.Ending ending = Conclude.run(machine.request(), ID).orElseThrow();
    assertThat(ending.exit().orElseThrow().code()).isEqualTo(137);
    assertThat(ending.memoryKills()).hasValue(1);
    assertThat(machine.traces()).isEmpty();
  }

  @Test
  void removesOnlyTheGroupsOfAContainerThatIsKept() {
    run(false);
    assertThat(Conclude.run(machine.request(), ID)).isPresent();
    assertThat(machine.traces()).noneMatch(trace -> trace.startsWith("sys/fs/cgroup"));
    assertThat(machine.store.exists(ID)).isTrue();
    Delete.run(machine.request(), new Delete.Options(ID, false));
    assertThat(machine.traces()).isEmpty();
  }

  @Test
  void isFineWithAContainerThatWasRemovedMeanwhile() {
    assertThat(Conclude.run(machine.request(), ID)).isEmpty();
  }
}
