package io.belljar.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.HostFiles;
import io.belljar.runtime.lifecycle.Executor;
import io.belljar.runtime.lifecycle.Invocation;
import io.belljar.runtime.lifecycle.LifecycleException;
import io.belljar.runtime.seccomp.SeccompFilters;
import io.belljar.runtime.state.Observer;
import io.belljar.runtime.state.ProcessSpace;
import io.belljar.runtime.state.StateStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerHomeTest {
  private static final ContainerId ID = new ContainerId("web");
  private static final ProcessIdentity ALIVE =
      ProcFs.host().identify((int) ProcessHandle.current().pid()).orElseThrow();
  private static final ProcessIdentity OTHER = ProcFs.host().identify(1).orElseThrow();
  private static final ProcessIdentity DEAD = new ProcessIdentity(ALIVE.pid(), 1);

  @TempDir private Path directory;

  private ContainerHome home() {
    return new ContainerHome(directory.resolve("data"));
  }

  private Invocation invocation() {
    return new Invocation(
        Observer.of(new StateStore(directory.resolve("state"))),
        () -> TestFacts.with(HostFiles.Kind.MISSING),
        new SeccompFilters(Optional.empty()),
        new Executor() {
          @Override
          public void seal() {}

          @Override
          public Outcome run(Plan plan) {
            throw new AssertionError("nothing is to be carried out");
          }

          @Override
          public Outcome runLast(Plan plan) {
            throw new AssertionError("nothing is to be carried out");
          }
        },
        ALIVE,
        0,
        warning -> {
          throw new AssertionError(warning);
        });
  }

  @Test
  void isPrivate() throws Exception {
    Path rootfs = home().take(ID, ALIVE).rootfs();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rootfs.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void givesAPlaceToOneOnly() {
    home().take(ID, ALIVE);
    assertThatThrownBy(() -> home().take(ID, ALIVE))
        .isInstanceOf(LifecycleException.class)
        .hasMessage("container with given ID already exists");
  }

  @Test
  void sweepsWhatAKilledLauncherLeft() throws Exception {
    Path rootfs = home().take(ID, DEAD).rootfs();
    Files.createDirectories(rootfs.resolve("usr/bin"));
    home().sweep(invocation());
    assertThat(directory.resolve("data/containers")).isEmptyDirectory();
  }

  @Test
  void leavesWhatALauncherIsStillMaking() throws Exception {
    Path rootfs = home().take(ID, OTHER).rootfs();
    Files.createDirectories(rootfs);
    home().sweep(invocation());
    assertThat(rootfs).exists();
  }

  @Test
  void sweepsWhatAPlannerLeftThatDiedBeforeThisLauncherHeardOfIt() throws Exception {
    Files.createDirectories(home().take(ID, ALIVE).rootfs());
    home().sweep(invocation());
    assertThat(directory.resolve("data/containers")).isEmptyDirectory();
  }

  @Test
  void leavesWhatBelongsToAContainer() throws Exception {
    Path rootfs = home().take(ID, DEAD).rootfs();
    Files.createDirectories(rootfs);
    Files.createDirectories(directory.resolve("state/.creating"));
    Path marker = Files.writeString(directory.resolve("state/.creating/web"), marker());
    home().sweep(invocation());
    assertThat(rootfs).exists();
    assertThat(marker).exists();
  }

  private static String marker() {
    return """
    {"form":1,"id":"web","work":"create","worker":"%s","pidNamespace":%d,"boot":"%s"}\
    """
        .formatted(OTHER, ProcessSpace.own().pidNamespace(), ProcessSpace.own().boot());
  }

  @Test
  void removesAPlace() throws Exception {
    ContainerHome.Place place = home().take(ID, ALIVE);
    Files.createDirectories(place.rootfs());
    place.remove();
    assertThat(directory.resolve("data/containers")).isEmptyDirectory();
  }

  @Test
  void isBelowTheUsersDataDirectory() {
    assertThat(ContainerHome.of(0, _ -> Optional.empty()).directory())
        .isEqualTo(Path.of("/var/lib/belljar"));
    assertThat(
            ContainerHome.of(
                    7, name -> name.equals("HOME") ? Optional.of("/home/x") : Optional.empty())
                .directory())
        .isEqualTo(Path.of("/home/x/.local/share/belljar"));
  }
}
