package io.belljar.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.runtime.ContainerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLocksTest {
  private static final ContainerId ID = new ContainerId("web");
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path directory;
  private StateStore store;

  @BeforeEach
  void open() {
    store = new StateStore(directory);
  }

  @Test
  void isHeldByOneAtATime() {
    try (StateStore.Lock _ = store.lock(ID, Duration.ZERO).orElseThrow()) {
      assertThat(store.lock(ID, Duration.ZERO)).isEmpty();
      assertThat(new StateStore(directory).lock(ID, Duration.ofMillis(20))).isEmpty();
    }
    store.lock(ID, Duration.ZERO).orElseThrow().close();
  }

  @Test
  void doesNotKeepOthersFromOtherContainers() {
    try (StateStore.Lock _ = store.lock(ID, Duration.ZERO).orElseThrow()) {
      store.lock(new ContainerId("db"), Duration.ZERO).orElseThrow().close();
    }
  }

  @Test
  void passesFromThreadToThread() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Future<?>> threads = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 64; i++) {
        threads.add(
            executor.submit(() -> {
              try (StateStore.Lock _ = store.lock(ID, LONG).orElseThrow()) {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                inside.decrementAndGet();
              }
            }));
      }
      for (Future<?> thread : threads) {
        thread.get(60, TimeUnit.SECONDS);
      }
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void keepsOtherProcessesOutUntilItsOwnEnds() throws Exception {
    Process other = startOther();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("locked");
      assertThat(store.lock(ID, Duration.ofMillis(50))).isEmpty();
      other.destroyForcibly().waitFor();
      store.lock(ID, LONG).orElseThrow().close();
    } finally {
      other.destroyForcibly();
    }
  }

  private Process startOther() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** A process of its own that takes the lock and keeps it. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws InterruptedException {
      try (StateStore.Lock _ =
          new StateStore(Path.of(args[0])).lock(ID, Duration.ZERO).orElseThrow()) {
        System.out.println("locked");
        Thread.sleep(60_000);
      }
    }
  }

  @Test
  void leavesOneFileForAllContainers() {
    for (int i = 0; i < 20; i++) {
      store.lock(new ContainerId("c" + i), Duration.ZERO).orElseThrow().close();
    }
    try (var files = Files.list(directory.resolve(".creating"))) {
      assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly("~lock");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
