package io.belljar.planner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.plan.step.FileStep;
import io.belljar.planner.FakeLauncher.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ResidentPlannerTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofMillis(150);
  private static final Duration TICK = Duration.ofMillis(10);

  @TempDir private Path directory;
  private Path socket;
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final PrintStream log = new PrintStream(logged, true, UTF_8);
  private final List<Running> running = new ArrayList<>();

  @BeforeEach
  void makeThePlace() {
    socket = directory.resolve("run/planner");
  }

  @AfterEach
  void stopAll() throws InterruptedException {
    for (Running planner : running) {
      planner.planner.stop();
      planner.thread.join();
    }
  }

  /** A planner, and the thread in which it serves. */
  private record Running(ResidentPlanner planner, Thread thread) {}

  private ResidentOptions options() {
    return new ResidentOptions(socket, false, LONG, Optional.empty(), 64, false);
  }

  private Running start(ResidentOptions options, RequestHandler handler)
      throws InterruptedException {
    ResidentPlanner planner = new ResidentPlanner(options, handler, log, PATIENCE, TICK);
    CountDownLatch ready = new CountDownLatch(1);
    OutputStream announced =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            assertThat(toString(UTF_8)).isEqualTo("ready\n");
            ready.countDown();
          }
        };
    Thread thread = Thread.ofPlatform().start(() -> planner.serve(announced));
    Running started = new Running(planner, thread);
    running.add(started);
    ready.await();
    return started;
  }

  private static void greet(Caller caller) {
    caller.print("hello " + caller.request().arguments().getFirst() + "\n");
    caller.exit(7);
  }

  private List<Frame> ask(String argument) throws IOException {
    try (FakeLauncher launcher = FakeLauncher.connect(socket)) {
      return launcher.sendRequest(argument).receiveAll();
    }
  }

  private String log() {
    return logged.toString(UTF_8);
  }

  @Test
  void answersRequests() throws Exception {
    start(options(), ResidentPlannerTest::greet);
    for (String name : List.of("a", "b", "c")) {
      assertThat(ask(name)).containsExactly(Frame.print(1, "hello " + name + "\n"), Frame.exit(7));
    }
  }

  @Test
  void whoOnlyLooksWhetherAnybodyListensIsNotTheOneThatAPlannerForOneWaitsFor() throws Exception {
    start(
        new ResidentOptions(socket, true, LONG, Optional.empty(), 64, false),
        ResidentPlannerTest::greet);
    for (int i = 0; i < 3; i++) {
      assertThat(ListeningSocket.isAnswered(socket)).isTrue();
    }
    Thread.sleep(5 * TICK.toMillis());
    assertThat(ask("a")).containsExactly(Frame.print(1, "hello a\n"), Frame.exit(7));
  }

  @Test
  void runsPlansForTheCaller() throws Exception {
    Plan plan =
        Plan.builder().add(new FileStep.MakeDirectory("/run/x", 0700), "a test").last().build();
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    start(options(), caller -> outcome.complete(caller.runLast(plan)));
    try (FakeLauncher launcher = FakeLauncher.connect(socket)) {
      launcher.sendRequest("run");
      assertThat(launcher.receive().type()).isEqualTo(19);
      launcher.sendOutcome(-1, 0, 0, "");
      assertThat(launcher.receiveAll()).isEmpty();
    }
    assertThat(outcome.get().succeeded()).isTrue();
  }

  @Test
  void itsSocketAndDirectoryArePrivate() throws Exception {
    start(options(), ResidentPlannerTest::greet);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
        .isEqualTo("rwx------");
    try (var files = Files.list(socket.getParent())) {
      assertThat(files).containsExactlyInAnyOrder(socket, socket.resolveSibling("planner.lock"));
    }
  }

  @Test
  void refusesDirectoryThatOthersCanEnter() throws IOException {
    Path parent = Files.createDirectory(socket.getParent());
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    ResidentPlanner planner = new ResidentPlanner(options(), ResidentPlannerTest::greet, log);
    assertThatThrownBy(() -> planner.serve(OutputStream.nullOutputStream()))
        .isInstanceOf(ResidencyRefused.class)
        .hasMessage(
            "the planner can't listen at %s: %s has mode 0755, and must have 0700: chmod 700 %s"
                .formatted(socket, parent, parent));
  }

  @Test
  void refusesToReplaceAFile() throws IOException {
    Files.createDirectory(socket.getParent(), PrivateDirectory.PRIVATE);
    Files.writeString(socket, "precious");
    ResidentPlanner planner = new ResidentPlanner(options(), ResidentPlannerTest::greet, log);
    assertThatThrownBy(() -> planner.serve(OutputStream.nullOutputStream()))
        .hasMessage(
            "the planner can't listen at %s: it exists and is not a socket".formatted(socket));
    assertThat(socket).hasContent("precious");
  }

  @Test
  void refusesPathTooLongForASocket() {
    ResidentOptions options =
        new ResidentOptions(
            directory.resolve("run/" + "x".repeat(100)), false, LONG, Optional.empty(), 1, false);
    ResidentPlanner planner = new ResidentPlanner(options, ResidentPlannerTest::greet, log);
    assertThatThrownBy(() -> planner.serve(OutputStream.nullOutputStream()))
        .hasMessageEndingWith("the path is too long for a socket");
  }

  @Test
  void takesOverTheSocketOfADeadPlanner() throws Exception {
    Files.createDirectory(socket.getParent(), PrivateDirectory.PRIVATE);
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();
    start(options(), ResidentPlannerTest::greet);
    assertThat(ask("a")).hasSize(2);
  }

  @Test
  void leavesThePathToThePlannerThatListens() throws Exception {
    start(options(), ResidentPlannerTest::greet);
    Running second = start(options(), caller -> caller.exit(99));
    second.thread.join();
    assertThat(ask("a")).contains(Frame.exit(7));
  }

  @Test
  void leavesForAfterTheFirstAnswerWhatCanWait() throws Exception {
    List<String> done = new CopyOnWriteArrayList<>();
    var planner =
        new ResidentPlanner(
            options(),
            caller -> {
              done.add("answer");
              greet(caller);
            },
            log,
            PATIENCE,
            LONG);
    Thread thread =
        Thread.ofPlatform()
            .start(() -> planner.serve(OutputStream.nullOutputStream(), () -> done.add("rest")));
    while (!Files.exists(socket)) {
      Thread.sleep(1);
    }
    assertThat(ask("a")).hasSize(2);
    planner.stop();
    thread.join();
    assertThat(done).containsExactly("answer", "rest");
  }

  @Test
  void tellsTheCallerOfAnUnexpectedException() throws Exception {
    start(
        options(),
        caller -> {
          caller.print("so far\n");
          throw new IllegalStateException("no\n  way");
        });
    assertThat(ask("a"))
        .containsExactly(
            Frame.print(1, "so far\n"),
            Frame.print(
                2,
                "belljar: the planner failed unexpectedly: java.lang.IllegalStateException: no"
                    + " way\n"),
            Frame.exit(1));
    assertThat(log())
        .contains("a request of belljar, process ", "\tat io.belljar.planner.Reception.answer");
  }

  @Test
  void tellsTheCallerOfAMissingAnswer() throws Exception {
    start(options(), caller -> {});
    assertThat(ask("a"))
        .containsExactly(Frame.print(2, "belljar: the planner gave no answer\n"), Frame.exit(1));
  }

  @Test
  void survivesGarbage() throws Exception {
    start(options(), ResidentPlannerTest::greet);
    try (FakeLauncher launcher = FakeLauncher.connect(socket)) {
      launcher.send(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
      assertThat(launcher.receive().toString())
          .contains("belljar: the planner could not read the launcher's message: a frame of type");
      assertThat(launcher.receive()).isEqualTo(Frame.exit(1));
    }
    assertThat(ask("a")).hasSize(2);
    assertThat(log()).contains("the planner could not read the launcher's message");
  }

  @Test
  void survivesLaunchersThatDie() throws Exception {
    start(options(), ResidentPlannerTest::greet);
    for (int i = 0; i < 100; i++) {
      FakeLauncher.connect(socket).sendRequest("a").close();
    }
    assertThat(ask("a")).hasSize(2);
  }

  @Test
  void dropsConnectionsWithoutARequest() throws Exception {
    start(options(), ResidentPlannerTest::greet);
    try (FakeLauncher silent = FakeLauncher.connect(socket)) {
      assertThat(silent.receiveAll()).isEmpty();
    }
    assertThat(log()).contains("a connection without a request was dropped");
    assertThat(ask("a")).hasSize(2);
  }

  @Test
  void requestsWaitWhenAllWorkersAreBusy() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    start(
        new ResidentOptions(socket, false, LONG, Optional.empty(), 2, false),
        caller -> {
          awaitQuietly(free);
          caller.exit(0);
        });
    List<FakeLauncher> launchers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      launchers.add(FakeLauncher.connect(socket).sendRequest("a"));
    }
    free.countDown();
    for (FakeLauncher launcher : launchers) {
      assertThat(launcher.receiveAll()).containsExactly(Frame.exit(0));
      launcher.close();
    }
  }

  @Test
  void endsWhenIdle() throws Exception {
    Running planner =
        start(
            new ResidentOptions(socket, false, Duration.ofMillis(300), Optional.empty(), 64, false),
            ResidentPlannerTest::greet);
    assertThat(ask("a")).hasSize(2);
    planner.thread.join();
    assertThat(socket).doesNotExist();
    assertThat(log()).contains("the planner ends: nobody asked for 0 s");
  }

  @Test
  void endsWhenItsSocketIsReplacedAndLeavesTheNewOne() throws Exception {
    Running planner = start(options(), ResidentPlannerTest::greet);
    Files.delete(socket);
    Files.writeString(socket, "another's");
    planner.thread.join();
    assertThat(socket).hasContent("another's");
    assertThat(log()).contains("the planner ends: its socket was removed or replaced");
  }

  @Test
  void endsWhenItsDirectoryIsGone() throws Exception {
    Running planner = start(options(), ResidentPlannerTest::greet);
    Files.delete(socket);
    Files.delete(socket.resolveSibling("planner.lock"));
    Files.delete(socket.getParent());
    planner.thread.join();
    assertThat(socket.getParent()).doesNotExist();
  }

  @Test
  void endsWhenItsInstallationIsReplaced() throws Exception {
    Path home = Files.createDirectory(directory.resolve("home"));
    Running planner =
        start(
            new ResidentOptions(socket, false, LONG, Optional.of(home), 64, false),
            ResidentPlannerTest::greet);
    assertThat(ask("a")).hasSize(2);
    Files.move(home, directory.resolve("old"));
    Files.createDirectory(home);
    planner.thread.join();
    assertThat(socket).doesNotExist();
    assertThat(log()).contains("the planner ends: its installation was removed or replaced");
  }

  @Test
  void endsAfterOneConnectionWhenToldSo() throws Exception {
    Running planner =
        start(
            new ResidentOptions(socket, true, LONG, Optional.empty(), 64, false),
            ResidentPlannerTest::greet);
    assertThat(ask("a")).hasSize(2);
    planner.thread.join();
    assertThat(socket).doesNotExist();
  }

  @Test
  void finishesWhatIsUnderWayBeforeItStops() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    Running planner =
        start(
            options(),
            caller -> {
              asked.countDown();
              awaitQuietly(free);
              caller.exit(5);
            });
    try (FakeLauncher launcher = FakeLauncher.connect(socket)) {
      launcher.sendRequest("a");
      asked.await();
      Thread stopper = Thread.ofPlatform().start(planner.planner::stop);
      while (Files.exists(socket)) {
        Thread.sleep(1);
      }
      assertThat(stopper.isAlive()).isTrue();
      free.countDown();
      assertThat(launcher.receiveAll()).containsExactly(Frame.exit(5));
      stopper.join();
    }
    planner.thread.join();
  }

  @Test
  void answersWhoConnectedBeforeItStopped() throws Exception {
    for (int i = 0; i < 10; i++) {
      Running planner = start(options(), ResidentPlannerTest::greet);
      try (FakeLauncher launcher = FakeLauncher.connect(socket)) {
        Thread stopper = Thread.ofPlatform().start(planner.planner::stop);
        launcher.sendRequest("a");
        assertThat(launcher.receiveAll()).hasSize(2);
        stopper.join();
      }
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
