package io.belljar.runtime.state;

import static io.belljar.runtime.state.StateStoreTest.container;
import static io.belljar.runtime.state.StateStoreTest.marker;
import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.cgroup.GroupFiles;
import io.belljar.spec.state.StateWriter;
import io.belljar.spec.state.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObserverTest {
  private static final ContainerId ID = new ContainerId("web");
  private static final ProcessIdentity CREATOR = new ProcessIdentity(41, 4711);

  @TempDir Path root;
  private StateStore store;
  private Observer observer;

  @BeforeEach
  void create() throws IOException {
    store = new StateStore(root.resolve("state"));
    observer = observer(StateStoreTest.HERE);
    store.mark(marker(ID));
    store.create(container(ID));
    process(CREATOR, 1, 'S');
  }

  private Observer observer(ProcessSpace here) {
    return new Observer(
        store, new ProcFs(root.resolve("proc")), new GroupFiles(root.resolve("host")), here);
  }

  private void process(ProcessIdentity process, int parent, char state) throws IOException {
    Path directory = Files.createDirectories(root.resolve("proc/" + process.pid()));
    Files.writeString(
        directory.resolve("stat"),
        "%d (sh) %c %d 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 %d 0 0\n"
            .formatted(process.pid(), state, parent, process.startTime()));
  }

  private void end(ProcessIdentity process) throws IOException {
    Files.delete(root.resolve("proc/" + process.pid() + "/stat"));
    Files.delete(root.resolve("proc/" + process.pid()));
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(store.directory(ID).resolve(name), text);
  }

  private LiveContainer look() {
    return observer.look(ID).orElseThrow();
  }

  @Test
  void isCreatingWhileItsLauncherIsAtWork() {
    assertThat(look().status()).isEqualTo(Status.CREATING);
  }

  @Test
  void isStoppedWhenItsLauncherDiedAtWork() throws IOException {
    end(CREATOR);
    assertThat(look().status()).isEqualTo(Status.STOPPED);
  }

  @Test
  void isCreatedUntilTheFifoIsGone() throws IOException {
    ProcessIdentity init = new ProcessIdentity(100, 5000);
    process(init, 1, 'S');
    store.unmark(ID);
    file("pid", init + "\n");
    file("exec.fifo", "");
    assertThat(look().status()).isEqualTo(Status.CREATED);
    store.removeFile(ID, "exec.fifo");
    assertThat(look().status()).isEqualTo(Status.RUNNING);
    assertThat(look().process()).contains(init);
  }

  @Test
  void isPausedWhenFrozen() throws IOException {
    ProcessIdentity init = new ProcessIdentity(100, 5000);
    process(init, 1, 'S');
    store.unmark(ID);
    file("pid", init + "\n");
    Path group = Files.createDirectories(root.resolve("host/sys/fs/cgroup/pids/web"));
    Files.writeString(group.resolve("cgroup.freeze"), "1\n");
    assertThat(look().status()).isEqualTo(Status.PAUSED);
  }

  @Test
  void isStoppedWhenItsNumberWasGivenToAnother() throws IOException {
    process(new ProcessIdentity(100, 9999), 1, 'S');
    store.unmark(ID);
    file("pid", new ProcessIdentity(100, 5000) + "\n");
    assertThat(look().status()).isEqualTo(Status.STOPPED);
    assertThat(look().process()).isEmpty();
  }

  private void runsAsFarAsIsRemembered(ProcessIdentity init) throws Exception {
    process(init, 1, 'S');
    store.unmark(ID);
    file("pid", init + "\n");
    Thread.sleep(Duration.ofMillis(2100)); // what was just written is not remembered
    for (int i = 0; i < 2; i++) {
      assertThat(look().status()).isEqualTo(Status.RUNNING);
    }
  }

  @Test
  void isStoppedWhenItsNumberIsGivenToAnotherThoughItWasSeenToRun() throws Exception {
    runsAsFarAsIsRemembered(new ProcessIdentity(100, 5000));
    process(new ProcessIdentity(100, 9999), 1, 'S');
    assertThat(look().status()).isEqualTo(Status.STOPPED);
    assertThat(look().process()).isEmpty();
  }

  @Test
  void takesTheProcessThatWasWrittenOverOneThatHasEnded() throws Exception {
    ProcessIdentity first = new ProcessIdentity(100, 5000);
    ProcessIdentity second = new ProcessIdentity(200, 6000);
    runsAsFarAsIsRemembered(first);
    file("pid", second + "\n");
    process(second, 1, 'S');
    end(first);
    assertThat(look().process()).contains(second);
    assertThat(look().status()).isEqualTo(Status.RUNNING);
  }

  @Test
  void seesInAListWhatIsBeingMadeAndWhatIsGoneMeanwhile() throws IOException {
    StoredContainer stored = store.read(ID).orElseThrow();
    assertThat(observer.glance(stored, store.marked()).orElseThrow().status())
        .isEqualTo(Status.CREATING);
    store.unmark(ID);
    assertThat(observer.glance(stored, List.of(ID)).orElseThrow().status())
        .isEqualTo(Status.STOPPED);
    Files.delete(store.directory(ID).resolve("state.json"));
    Files.delete(store.directory(ID));
    assertThat(observer.glance(stored, List.of())).isEmpty();
    assertThat(observer.look(ID)).isEmpty();
  }

  @Test
  void isStoppedAsAZombie() throws IOException {
    ProcessIdentity init = new ProcessIdentity(100, 5000);
    process(init, CREATOR.pid(), 'Z');
    store.unmark(ID);
    file("pid", init + "\n");
    assertThat(look().status()).isEqualTo(Status.STOPPED);
    assertThat(look().waiter()).contains(CREATOR);
  }

  @Test
  void takesOnlyAYoungerParentForTheMonitor() throws IOException {
    ProcessIdentity init = new ProcessIdentity(100, 5000);
    ProcessIdentity monitor = new ProcessIdentity(43, 4712);
    ProcessIdentity subreaper = new ProcessIdentity(7, 20);
    end(CREATOR);
    store.unmark(ID);
    file("pid", init + "\n");
    process(monitor, 1, 'S');
    process(init, monitor.pid(), 'S');
    assertThat(look().waiter()).contains(monitor);
    process(subreaper, 1, 'S');
    process(init, subreaper.pid(), 'S');
    assertThat(look().waiter()).isEmpty();
  }

  @Test
  void goesByTheFilesWhereItCannotSeeTheProcesses() throws IOException {
    observer = observer(new ProcessSpace(2, StateStoreTest.HERE.boot()));
    end(CREATOR);
    assertThat(look().hidden()).isTrue();
    assertThat(look().status()).isEqualTo(Status.CREATING);
    store.unmark(ID);
    assertThat(look().status()).isEqualTo(Status.STOPPED);
    file("pid", "100 5000\n");
    file("exec.fifo", "");
    assertThat(look().status()).isEqualTo(Status.CREATED);
    store.removeFile(ID, "exec.fifo");
    assertThat(look().status()).isEqualTo(Status.RUNNING);
    assertThat(look().process()).isEmpty();
    file("exit", "0 1.000000000\n");
    assertThat(look().status()).isEqualTo(Status.STOPPED);
    assertThat(look().isAbandoned(Instant.now())).isFalse();
  }

  @Test
  void isStoppedSinceTheMachineWasStartedAgain() throws IOException {
    observer = observer(new ProcessSpace(2, "later"));
    ProcessIdentity init = new ProcessIdentity(100, 5000);
    process(init, CREATOR.pid(), 'S');
    file("pid", init + "\n");
    assertThat(look().status()).isEqualTo(Status.STOPPED);
    assertThat(look().hidden()).isFalse();
    assertThat(look().waiter()).isEmpty();
    assertThat(look().isAbandoned(Instant.now())).isTrue();
  }

  @Test
  void knowsWhereItIs() {
    assertThat(ProcessSpace.own().pidNamespace()).isPositive();
    assertThat(ProcessSpace.own().boot()).hasSize(36);
  }

  @Test
  void isAbandonedWhenNobodyIsLeftToRemoveIt() throws IOException {
    store.unmark(ID);
    Instant now = Instant.parse("2026-11-23T02:00:00Z");
    assertThat(look().isAbandoned(now)).isFalse();
    end(CREATOR);
    assertThat(look().isAbandoned(now)).isTrue();
    file("exit", "0 %d.000000000\n".formatted(now.getEpochSecond()));
    assertThat(look().isAbandoned(now)).isFalse();
    assertThat(look().isAbandoned(now.plus(Duration.ofMinutes(1)))).isTrue();
  }

  @Test
  void writesTheStateAsRuncDoes() throws IOException {
    store.unmark(ID);
    end(CREATOR);
    assertThat(StateWriter.state(look().containerState("")))
        .isEqualTo(
            """
            {
              "ociVersion": "1.3.0",
              "id": "web",
              "pid": 0,
              "status": "stopped",
              "bundle": "/bundle",
              "rootfs": "/bundle/rootfs",
              "created": "2026-11-23T01:21:15.575829275Z",
              "annotations": {
                "a": "b"
              },
              "owner": ""
            }\
            """);
  }
}
