package io.belljar.runtime.state;

import static io.belljar.runtime.state.StateStoreTest.container;
import static io.belljar.runtime.state.StateStoreTest.marker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.runtime.ContainerId;
import io.belljar.runtime.rootfs.Tree;
import io.belljar.spec.json.InvalidDocumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownStatesTest {
  private static final ContainerId ID = new ContainerId("web");
  private static final InstantSource LATER =
      InstantSource.offset(InstantSource.system(), Duration.ofHours(1));

  @TempDir Path root;
  private final KnownStates known = new KnownStates(LATER);
  private StateStore store;
  private Path directory;
  private Path state;

  @BeforeEach
  void create() {
    store = new StateStore(root.resolve("state"));
    directory = store.directory(ID);
    state = directory.resolve("state.json");
    store.mark(marker(ID));
    store.create(container(ID));
  }

  private StoredContainer read() {
    return known.read(state).orElseThrow();
  }

  /** Until the kernel's clock has gone on: the clock of this test makes it look settled. */
  private static void await() throws InterruptedException {
    Thread.sleep(50);
  }

  private String edited() throws IOException {
    return Files.readString(state).replace("web.tar.gz", "new.tar.gz");
  }

  @Test
  void readsAFileOnceWhileItIsTheSame() {
    StoredContainer first = read();
    assertThat(read().id()).isSameAs(first.id());
    assertThat(read()).isEqualTo(container(ID));
    assertThat(read().document()).isEqualTo(container(ID).document());
    assertThat(read().config()).isEqualTo(container(ID).config());
    assertThat(read().annotations()).containsEntry("a", "b");
  }

  @Test
  void doesNotRememberAFileThatWasJustWritten() {
    KnownStates now = new KnownStates(InstantSource.system());
    StoredContainer first = now.read(state).orElseThrow();
    assertThat(now.read(state).orElseThrow().id()).isNotSameAs(first.id());
    assertThat(now.beside(directory)).isEqualTo(now.beside(directory));
    assertThat(now.beside(directory).orElseThrow())
        .isNotSameAs(now.beside(directory).orElseThrow());
  }

  @Test
  void readsAFileThatWasPutInItsPlaceEvenWithItsSizeAndTime() throws IOException {
    read();
    FileTime time = Files.getLastModifiedTime(state);
    Path other = Files.writeString(directory.resolve("other"), edited());
    Files.setLastModifiedTime(other, time);
    Files.move(other, state, StandardCopyOption.ATOMIC_MOVE);
    assertThat(Files.getLastModifiedTime(state)).isEqualTo(time);
    assertThat(read().origin()).isEqualTo("new.tar.gz");
  }

  @Test
  void readsAFileThatWasWrittenInPlaceEvenWithItsSizeAndTime() throws Exception {
    read();
    long size = Files.size(state);
    FileTime time = Files.getLastModifiedTime(state);
    await();
    Files.writeString(state, edited());
    Files.setLastModifiedTime(state, time);
    assertThat(Files.size(state)).isEqualTo(size);
    assertThat(read().origin()).isEqualTo("new.tar.gz");
  }

  @Test
  void readsAContainerThatWasMadeAgain() throws IOException {
    assertThat(store.read(ID).orElseThrow().origin()).isEqualTo("web.tar.gz");
    store.purge(ID, List.of(), Tree::delete);
    assertThat(store.read(ID)).isEmpty();
    assertThat(store.beside(ID)).isEmpty();
    store.create(container(ID));
    Files.writeString(state, edited());
    assertThat(store.read(ID).orElseThrow().origin()).isEqualTo("new.tar.gz");
  }

  @Test
  void remembersNothingOfADamagedFile() throws Exception {
    String content = Files.readString(state);
    Files.writeString(state, "{");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(this::read)
          .isInstanceOf(InvalidDocumentException.class)
          .hasMessageContaining("state.json");
    }
    await();
    Files.writeString(state, content);
    assertThat(read()).isEqualTo(container(ID));
  }

  @Test
  void knowsNothingOfAFileThatIsGoneOrWhoseDirectoryIsAFile() throws IOException {
    read();
    Files.delete(state);
    assertThat(known.read(state)).isEmpty();
    Path file = Files.createFile(root.resolve("file"));
    assertThat(known.read(file.resolve("state.json"))).isEmpty();
  }

  @Test
  void seesFilesComeAndGo() throws Exception {
    assertThat(known.beside(directory).orElseThrow().has("pid")).isFalse();
    await();
    Files.writeString(directory.resolve("pid"), "100 5000\n");
    Files.writeString(directory.resolve("exec.fifo"), "");
    Files.writeString(directory.resolve("memory-kills"), "1");
    for (int i = 0; i < 2; i++) {
      FilesBeside beside = known.beside(directory).orElseThrow();
      assertThat(beside.names()).containsExactlyInAnyOrder("pid", "exec.fifo");
      assertThat(beside.process()).contains(new ProcessIdentity(100, 5000));
    }
    await();
    Files.delete(directory.resolve("exec.fifo"));
    assertThat(known.beside(directory).orElseThrow().names()).containsExactly("pid");
  }

  @Test
  void keepsNoMoreThanItHasPlaceFor() {
    FileStamp stamp = FileStamp.of(state).orElseThrow();
    Remembered<String> few = new Remembered<>(2, 10);
    List<Path> files = List.of(Path.of("/a"), Path.of("/b"), Path.of("/c"));
    files.forEach(file -> few.put(file, stamp, "v", 1));
    assertThat(files.stream().map(file -> few.of(file, stamp)).filter(Optional::isPresent))
        .hasSize(2);
    few.put(Path.of("/large"), stamp, "v", 11);
    assertThat(few.of(Path.of("/large"), stamp)).isEmpty();
    few.put(Path.of("/all"), stamp, "v", 10);
    assertThat(few.of(Path.of("/all"), stamp)).contains("v");
    assertThat(files.stream().map(file -> few.of(file, stamp)).filter(Optional::isPresent))
        .isEmpty();
    few.forget(Path.of("/all"));
    files.subList(0, 2).forEach(file -> few.put(file, stamp, "v", 5));
    assertThat(files.stream().map(file -> few.of(file, stamp)).filter(Optional::isPresent))
        .hasSize(2);
  }
}
