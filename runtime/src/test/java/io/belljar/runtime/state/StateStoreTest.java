package io.belljar.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.rootfs.Tree;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.ConfigWriter;
import io.belljar.spec.config.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateStoreTest {
  private static final ContainerId ID = new ContainerId("web");
  static final ProcessSpace HERE = new ProcessSpace(4026531836L, "this-boot");

  @TempDir Path directory;
  private StateStore store;

  @BeforeEach
  void open() {
    store = new StateStore(directory.resolve("run/containers"));
  }

  static StoredContainer container(ContainerId id) {
    Config config = Config.builder(new Root("rootfs", false)).annotations(Map.of("a", "b")).build();
    return new StoredContainer(
        id,
        Path.of("/bundle"),
        Path.of("/bundle/rootfs"),
        ConfigWriter.toJson(config),
        Instant.parse("2026-11-23T01:21:15.575829275Z"),
        new ProcessIdentity(41, 4711),
        HERE,
        0,
        List.of("/sys/fs/cgroup/pids/web"),
        true,
        List.of(Path.of("/run/roots/web")),
        "web.tar.gz",
        Map.of("name", "x"));
  }

  private void create(ContainerId id) {
    store.mark(marker(id));
    store.create(container(id));
  }

  static Marker marker(ContainerId id) {
    return new Marker(
        id,
        Marker.Work.CREATE,
        new ProcessIdentity(41, 4711),
        HERE,
        List.of("/sys/fs/cgroup/pids/web"),
        List.of());
  }

  @Test
  void readsWhatItStored() {
    create(ID);
    assertThat(store.read(ID)).contains(container(ID));
    assertThat(store.read(ID).orElseThrow().config().annotations()).containsEntry("a", "b");
    assertThat(store.marker(ID)).contains(marker(ID));
  }

  @Test
  void keepsEverythingToItsOwner() throws IOException {
    create(ID);
    for (Path path :
        List.of(directory.resolve("run"), store.root(), store.directory(ID), markers())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .as(path.toString())
          .isEqualTo("rwx------");
    }
    Path state = store.directory(ID).resolve("state.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
        .isEqualTo("rw-------");
  }

  private Path markers() {
    return store.root().resolve(".creating");
  }

  @Test
  void knowsNothingOfARootThatIsNotThere() {
    assertThat(store.ids()).isEmpty();
    assertThat(store.marked()).isEmpty();
    assertThat(store.read(ID)).isEmpty();
    assertThat(store.exists(ID)).isFalse();
  }

  @Test
  void listsByName() {
    create(new ContainerId("b"));
    create(new ContainerId("a"));
    store.unmark(new ContainerId("b"));
    assertThat(store.ids()).containsExactly(new ContainerId("a"), new ContainerId("b"));
    assertThat(store.marked()).containsExactly(new ContainerId("a"));
  }

  @Test
  void leavesNothingOfAContainer() throws IOException {
    create(ID);
    Files.writeString(store.directory(ID).resolve("pid"), "1 2\n");
    Files.writeString(store.directory(ID).resolve("pid.tmp"), "1");
    Path belongings = directory.resolve("belljar/containers/web");
    Path claim = directory.resolve("belljar/containers/~web");
    Files.createDirectories(belongings.resolve("rootfs/etc"));
    Files.writeString(claim, "41 4711");
    assertThat(store.purge(ID, List.of(belongings, claim), Tree::delete)).isEmpty();
    store.unmark(ID);
    assertThat(store.directory(ID)).doesNotExist();
    assertThat(belongings).doesNotExist();
    assertThat(claim).doesNotExist();
    assertThat(markers()).isEmptyDirectory();
    assertThat(store.purge(ID, List.of(belongings), Tree::delete)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "belljar/containers/db",
        "belljar/containers/web/rootfs",
        "belljar/containers/x/../web",
        "belljar/web",
        "containers/web",
        "linked/belljar/containers/web",
        "shared/belljar/containers/web"
      })
  void leavesWhatBelljarHasNotMadeForTheContainer(String belonging) throws IOException {
    for (String made : List.of("db", "web/rootfs", "x")) {
      Files.createDirectories(directory.resolve("belljar/containers").resolve(made));
    }
    for (String made : List.of("belljar/web", "containers/web", "linked/belljar")) {
      Files.createDirectories(directory.resolve(made));
    }
    Files.createSymbolicLink(
        directory.resolve("linked/belljar/containers"), directory.resolve("belljar/containers"));
    Files.createDirectories(directory.resolve("shared/belljar/containers/web"));
    Files.setPosixFilePermissions(
        directory.resolve("shared/belljar/containers"),
        PosixFilePermissions.fromString("rwxrwxrwx"));
    Path path = directory.resolve(belonging);
    assertThat(store.purge(ID, List.of(path), Tree::delete)).containsExactly(path);
    assertThat(path).exists();
  }

  @Test
  void refusesARootThatOthersCanWriteTo() throws IOException {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwx---"));
    assertThatThrownBy(() -> new StateStore(shared))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("--root " + shared + ": others than its owner may write to it");
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
    assertThatThrownBy(() -> new StateStore(link))
        .hasMessage("--root " + link + ": is a symbolic link");
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> new StateStore(file))
        .hasMessage("--root " + file + ": is not a directory");
    Path of = Files.createDirectory(directory.resolve("own"));
    Path markers = Files.createSymbolicLink(of.resolve(".creating"), directory);
    assertThatThrownBy(() -> new StateStore(of))
        .hasMessage("--root " + markers + ": is a symbolic link");
  }

  @Test
  void refusesARootThatOthersCanExchange() throws IOException {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Path root = shared.resolve("of/state");
    Files.createDirectory(shared.resolve("of"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> new StateStore(root))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "--root "
                + root
                + ": "
                + shared
                + " above it can be written to by others than its owner");
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), shared);
    assertThat(new StateStore(link.resolve("of/state")).root()).isEqualTo(root);
  }

  @Test
  void refusesARootOfAnotherUser() throws IOException {
    assumeTrue(Files.getAttribute(directory, "unix:uid").equals(0));
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.setAttribute(other, "unix:uid", 1000);
    assertThatThrownBy(() -> new StateStore(other))
        .hasMessage("--root " + other + ": belongs to user 1000, not to 0");
  }

  @Test
  void takesOverADirectoryWithoutState() throws IOException {
    Path directory = Files.createDirectories(store.directory(ID));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(directory.resolve("exit"), "0 1.000000000\n");
    create(ID);
    assertThat(store.directory(ID).resolve("exit")).doesNotExist();
    assertThat(store.exists(ID)).isTrue();
  }

  @Test
  void findsTheDraftOfAMarker() throws IOException {
    Files.createDirectories(markers());
    Files.writeString(markers().resolve("~~web"), "{");
    Files.writeString(markers().resolve("~lock"), "");
    assertThat(store.marked()).containsExactly(ID);
    assertThat(store.marker(ID)).isEmpty();
    store.unmark(ID);
    assertThat(store.marked()).isEmpty();
  }

  @Test
  void refusesTheNameThatItNeeds() {
    assertThatThrownBy(() -> store.directory(new ContainerId(".creating")))
        .hasMessage("invalid container id \".creating\": the name is taken");
  }

  @Test
  void namesTheFileOfABrokenState() throws IOException {
    create(ID);
    Path state = store.directory(ID).resolve("state.json");
    Files.writeString(state, "{\"form\":2}");
    assertThatThrownBy(() -> store.read(ID))
        .isInstanceOf(StateException.class)
        .hasMessage(
            "cannot use "
                + state
                + ": state.json: form: 2 is a form that this version does not know; it knows 1");
  }

  @Test
  void hasADefaultForEachUser(@TempDir Path runtime) throws IOException {
    assertThat(StateStore.defaultRoot(0, Optional.of("/run/user/0")))
        .isEqualTo(Path.of("/run/belljar/containers"));
    assertThat(StateStore.defaultRoot(1000, Optional.of(runtime.toString())))
        .isEqualTo(runtime.resolve("belljar/containers"));
    assertThat(Files.getPosixFilePermissions(runtime.resolve("belljar")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void fallsBackToADirectoryOfTheUsersInTmp() throws IOException {
    long uid = 3_999_999_999L;
    Path own = Path.of("/tmp/belljar-" + uid);
    try {
      assertThat(StateStore.defaultRoot(uid, Optional.empty()))
          .isEqualTo(own.resolve("containers"));
      assertThat(own).isDirectory();
    } finally {
      Files.deleteIfExists(own);
    }
  }

  @Test
  void followsNobodysLinkToTheRuntimeDirectory(@TempDir Path runtime) throws IOException {
    Path elsewhere = Files.createDirectory(runtime.resolve("elsewhere"));
    Files.createSymbolicLink(runtime.resolve("belljar"), elsewhere);
    assertThatThrownBy(() -> StateStore.defaultRoot(1000, Optional.of(runtime.toString())))
        .hasMessage(
            runtime
                + "/belljar: is a symbolic link; set XDG_RUNTIME_DIR to a directory that is yours"
                + " alone");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void readsExitRecords() {
    assertThat(ExitRecord.parse("137 1700000000.000000001\n"))
        .contains(new ExitRecord(137, Instant.ofEpochSecond(1_700_000_000, 1)));
    assertThat(ExitRecord.parse("137")).isEmpty();
  }
}
