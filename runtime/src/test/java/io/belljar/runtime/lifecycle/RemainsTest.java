package io.belljar.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.linux.CloneFlags;
import io.belljar.plan.Plan;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.plan.step.Step;
import io.belljar.runtime.HostFiles;
import io.belljar.runtime.rootfs.RootfsException;
import io.belljar.runtime.user.IdMaps;
import io.belljar.spec.linux.IdMapping;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemainsTest {
  private static final List<IdMapping> USERS =
      List.of(new IdMapping(0, 1000, 1), new IdMapping(1, 100_000, 65_536));
  private static final List<IdMapping> GROUPS =
      List.of(new IdMapping(0, 100, 1), new IdMapping(1, 200_000, 65_536));
  private static final HostFiles HELPERS = _ -> HostFiles.Kind.FILE;

  @TempDir Path directory;

  @Test
  void removesWhereTheSubordinateIdsAreMapped() {
    Plan plan = Remains.plan(HELPERS, new IdMaps(USERS, GROUPS), Path.of("/home/ann/c/web"));
    List<Step> launcher = plan.steps(Role.LAUNCHER);
    assertThat(launcher.getFirst())
        .isEqualTo(new NamespaceStep.Fork(Role.INIT, CloneFlags.CLONE_NEWUSER, Slot.NONE));
    assertThat(words(launcher.get(1)))
        .endsWith("/usr/bin/newuidmap", "0", "1000", "1", "1", "100000", "65536");
    assertThat(words(launcher.get(2)))
        .endsWith("/usr/bin/newgidmap", "0", "100", "1", "1", "200000", "65536");
    assertThat(launcher.subList(3, launcher.size()))
        .containsExactly(new ProcessStep.Notify(Role.INIT), new ProcessStep.Reap(Role.INIT));
    assertThat(plan.steps(Role.INIT))
        .containsExactly(
            new ProcessStep.Await(Role.LAUNCHER), new FileStep.RemoveTree("/home/ann/c/web"));
  }

  private static List<String> words(Step step) {
    return ((ProcessStep.Run) step).args();
  }

  @Test
  void removesWithoutAPlanWhatThePlannerMay() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree/a")).getParent();
    FakeMachine machine = new FakeMachine(directory.resolve("machine"));
    Remains.delete(machine.request().with(noExecutor()), tree);
    assertThat(tree).doesNotExist();
  }

  @Test
  void whatRootCannotRemoveIsNotTriedInAUserNamespace() {
    FakeMachine machine = new FakeMachine(directory.resolve("machine"));
    assertThatThrownBy(
            () -> Remains.delete(machine.request().with(noExecutor()), Path.of("/proc/self")))
        .isInstanceOf(RootfsException.class)
        .hasMessageStartingWith("cannot remove /proc");
  }

  private static Executor noExecutor() {
    return new Executor() {
      @Override
      public void seal() {}

      @Override
      public io.belljar.plan.Outcome run(Plan plan) {
        throw new AssertionError(plan);
      }

      @Override
      public io.belljar.plan.Outcome runLast(Plan plan) {
        throw new AssertionError(plan);
      }
    };
  }
}
