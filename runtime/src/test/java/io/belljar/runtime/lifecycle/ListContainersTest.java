package io.belljar.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.runtime.ContainerId;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.lifecycle.ListContainers.Format;
import io.belljar.spec.state.ContainerState;
import io.belljar.spec.state.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListContainersTest {
  @TempDir Path root;

  private static ContainerState state(String id, int pid, Status status, String bundle) {
    return new ContainerState(
        "1.3.0",
        id,
        pid,
        status,
        bundle,
        bundle + "/rootfs",
        Instant.parse("2026-11-23T01:21:15.575829275Z"),
        Map.of(),
        "root");
  }

  @Test
  void alignsColumnsAsRuncDoes() {
    assertThat(ContainerTable.text(List.of(state("c1", 9983, Status.CREATED, "/srv/pods/b"))))
        .isEqualTo(
            """
            ID          PID         STATUS      BUNDLE        CREATED                          OWNER
            c1          9983        created     /srv/pods/b   2026-11-23T01:21:15.575829275Z   root
            """);
    assertThat(ContainerTable.text(List.of()))
        .isEqualTo("ID          PID         STATUS      BUNDLE      CREATED     OWNER\n");
  }

  @Test
  void widensColumnsForLongNames() {
    assertThat(
            ContainerTable.text(
                List.of(
                    state("a-long-container-name", 0, Status.STOPPED, "/b"),
                    state("b", 4711, Status.RUNNING, "/b"))))
        .startsWith("ID                      PID")
        .contains("\na-long-container-name   0           stopped     /b          2026")
        .contains("\nb                       4711        running     /b          2026");
  }

  @Test
  void listsNamesAlone() {
    FakeMachine machine = new FakeMachine(root);
    machine.create("web");
    machine.create("db");
    assertThat(ListContainers.run(machine.request(), Format.QUIET)).isEqualTo("db\nweb\n");
  }

  @Test
  void writesNullForNothingAsRuncDoes() {
    assertThat(ListContainers.run(new FakeMachine(root).request(), Format.JSON))
        .isEqualTo("null\n");
  }

  @Test
  void showsTheOthersWhenOneCannotBeRead() throws IOException {
    FakeMachine machine = new FakeMachine(root);
    machine.create("web");
    ContainerId broken = machine.create("db");
    Files.writeString(machine.store.directory(broken).resolve("state.json"), "{");
    assertThat(ListContainers.run(machine.request(), Format.QUIET)).isEqualTo("web\n");
    assertThat(machine.warnings)
        .singleElement()
        .asString()
        .startsWith("load container db: cannot use ");
  }

  @Test
  void showsTheOthersWhenAnnotationsAreDamaged() throws IOException {
    FakeMachine machine = new FakeMachine(root);
    machine.create("web");
    Path state = machine.store.directory(machine.create("db")).resolve("state.json");
    String content = Files.readString(state);
    String damaged = content.replace("\"config\":{", "\"config\":{\"annotations\":5,");
    assertThat(damaged).isNotEqualTo(content);
    Files.writeString(state, damaged);
    assertThat(ListContainers.run(machine.request(), Format.TABLE).lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("web ");
    assertThat(machine.warnings).singleElement().asString().startsWith("load container db: ");
    assertThat(ListContainers.run(machine.request(), Format.QUIET)).isEqualTo("db\nweb\n");
  }

  @Test
  void removesWhatHasNoStateWhileItLists() throws IOException {
    FakeMachine machine = new FakeMachine(root);
    machine.create("web");
    Path half = privateDirectory(machine, "half");
    Files.writeString(half.resolve("pid"), "1 2\n");
    assertThat(ListContainers.run(machine.request(), Format.QUIET)).isEqualTo("web\n");
    assertThat(half).doesNotExist();
    assertThat(machine.warnings).isEmpty();
  }

  @Test
  void leavesAloneWhatIsNoContainers() throws IOException {
    FakeMachine machine = new FakeMachine(root);
    machine.create("web");
    Path store = machine.store.root();
    List<Path> kept =
        List.of(
            Files.createFile(store.resolve("file")),
            Files.createFile(privateDirectory(machine, "source").resolve("main.c")),
            Files.createFile(Files.createDirectory(store.resolve("shared")).resolve("pid")),
            Files.createDirectory(privateDirectory(machine, "tree").resolve("log")),
            Files.createFile(Files.createDirectory(root.resolve("elsewhere")).resolve("pid")),
            Files.createSymbolicLink(store.resolve("link"), root.resolve("elsewhere")));
    assertThat(ListContainers.run(machine.request(), Format.QUIET)).isEqualTo("web\n");
    Recovery.sweep(machine.request());
    assertThat(kept).allSatisfy(path -> assertThat(path).exists());
    assertThat(machine.warnings).isEmpty();
    assertThatThrownBy(() -> machine.create("source"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("source is there already, and is no container's");
    assertThat(store.resolve("source/main.c")).exists();
  }

  private static Path privateDirectory(FakeMachine machine, String name) throws IOException {
    return Files.createDirectory(
        machine.store.root().resolve(name),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }
}
