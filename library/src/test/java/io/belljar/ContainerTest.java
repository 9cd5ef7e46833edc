package io.belljar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.linux.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containers on this machine's kernel. */
@Tag("integration")
@Timeout(60)
class ContainerTest {
  private static final Root ROOT =
      Root.hostPrograms("sh", "cat", "hostname", "id", "sleep", "tail", "touch", "true");

  private static String shell(Isolation.Builder isolation) throws Exception {
    try (Container container = isolation.build().start()) {
      String output = new String(container.output().readAllBytes(), UTF_8);
      String error = new String(container.error().readAllBytes(), UTF_8);
      assertThat(error).isEmpty();
      assertThat(container.waitFor().code()).isZero();
      return output.strip();
    }
  }

  @Test
  void isProcessOneWithItsOwnHostName() throws Exception {
    assertThat(shell(Isolation.of(ROOT, "sh", "-c", "echo $$; hostname").hostname("inside")))
        .isEqualTo("1\ninside");
  }

  @Test
  void readsWhatIsWrittenToIt() throws Exception {
    try (Container container = Isolation.of(ROOT, "cat").build().start()) {
      container.input().write("hello".getBytes(UTF_8));
      container.input().close();
      assertThat(container.output().readAllBytes()).asString(UTF_8).isEqualTo("hello");
      assertThat(container.waitFor()).isEqualTo(new ExitStatus(0, 0));
    }
  }

  @Test
  void runsAsTheUserThatWasAskedFor() throws Exception {
    assertThat(shell(Isolation.of(ROOT, "id").user("1234:99")))
        .isEqualTo("uid=1234 gid=99 groups=99");
  }

  @Test
  void hidesTheProgramsEnvironment() throws Exception {
    String own = System.getenv().keySet().iterator().next();
    assertThat(
            shell(Isolation.of(ROOT, "sh", "-c", "echo \"[$A] [$" + own + "_X]\"").env("A", "b")))
        .isEqualTo("[b] []");
  }

  @Test
  void tellsThatTheMemoryLimitKilledIt() throws Exception {
    var isolation = Isolation.of(ROOT, "tail", "/dev/zero").limits(l -> l.memory(16 << 20));
    try (Container container = isolation.build().start()) {
      ExitStatus status = container.waitFor();
      assertThat(status.code()).isEqualTo(137);
      assertThat(status.killedByMemoryLimit()).isTrue();
      assertThat(status.reason()).contains("killed by its memory limit");
    }
  }

  @Test
  void tellsTheSignalThatEndedIt() throws Exception {
    try (Container container = Isolation.of(ROOT, "sleep", "50").build().start()) {
      container.kill(Signal.KILL);
      ExitStatus status = container.waitFor();
      assertThat(status.signal()).isEqualTo(Optional.of(Signal.KILL));
      assertThat(status.killedByMemoryLimit()).isFalse();
    }
  }

  @Test
  void stopsAskingFirst() throws Exception {
    var isolation = Isolation.of(ROOT, "sh", "-c", "trap 'exit 5' TERM; echo on; sleep 50 & wait");
    try (Container container = isolation.build().start()) {
      assertThat(container.output().readNBytes(3)).asString(UTF_8).isEqualTo("on\n");
      assertThat(container.stop(Duration.ofSeconds(10)).code()).isEqualTo(5);
    }
  }

  @Test
  void stopsByForceWhatDoesNotListen() throws Exception {
    try (Container container = Isolation.of(ROOT, "sleep", "50").build().start()) {
      assertThat(container.stop(Duration.ofMillis(200)).signal()).contains(Signal.KILL);
    }
  }

  @Test
  void leavesNothingWhenClosed() throws Exception {
    Container container = Isolation.of(ROOT, "sleep", "50").name("closing").build().start();
    long pid = container.pid();
    assertThat(Path.of("/proc/" + pid)).exists();
    assertThat(Path.of("/var/lib/belljar/containers/closing/rootfs/bin")).exists();
    assertThat(traces("closing")).isNotEmpty();

    container.close();

    assertThat(Path.of("/proc/" + pid)).doesNotExist();
    assertThat(traces("closing")).isEmpty();
    assertThat(container.isAlive()).isFalse();
  }

  @Test
  void leavesNoDescriptorAndNoProcessOfStreamsThatNobodyReads() throws Exception {
    shell(Isolation.of(ROOT, "true")); // the first takes some of its own
    long descriptors = entries("/proc/self/fd");
    for (int i = 0; i < 5; i++) {
      try (Container container = Isolation.of(ROOT, "sh", "-c", "echo said").build().start()) {
        assertThat(container.waitFor().code()).isZero();
      }
    }
    while (entries("/proc/self/fd") > descriptors) {
      Thread.sleep(10); // another thread lets go of the pipes
    }
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  private static long entries(String directory) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of(directory))) {
      return entries.count();
    }
  }

  @Test
  void inheritsNothingButItsStreams() throws Exception {
    assertThat(shell(Isolation.of(ROOT, "sh", "-c", "echo /proc/self/fd/*")))
        .as("the last is the directory that the shell lists")
        .isEqualTo("/proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2 /proc/self/fd/3");
  }

  @Test
  void canStillBeReadWhenItIsClosed() throws Exception {
    InputStream output;
    try (Container container = Isolation.of(ROOT, "sh", "-c", "echo said").build().start()) {
      output = container.output();
      assertThat(container.waitFor().code()).isZero();
    }
    assertThat(output.readAllBytes()).asString(UTF_8).isEqualTo("said\n");
  }

  private static Path[] traces(String name) throws IOException {
    try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
      return Stream.concat(
              Stream.of(
                  Path.of("/var/lib/belljar/containers", name),
                  Path.of("/var/lib/belljar/containers", "~" + name),
                  Path.of("/run/belljar/containers", name),
                  Path.of("/run/belljar/containers/.creating", name)),
              hierarchies.map(hierarchy -> hierarchy.resolve(name)))
          .filter(Files::exists)
          .toArray(Path[]::new);
    }
  }

  @Test
  void leavesNothingWhenTheCommandIsNotThere() throws Exception {
    var isolation = Isolation.of(ROOT, "nothing-such").name("missing").build();
    assertThatThrownBy(isolation::start)
        .isInstanceOfSatisfying(
            StartException.class,
            e -> assertThat(e.reason()).isEqualTo(StartException.Reason.COMMAND_NOT_FOUND))
        .hasMessage("exec: \"nothing-such\": executable file not found in $PATH");
    assertThat(traces("missing")).isEmpty();
  }

  @Test
  void tellsThatTheCommandCannotBeExecuted() {
    var isolation = Isolation.of(ROOT, "/etc/passwd").build();
    assertThatThrownBy(isolation::start)
        .isInstanceOfSatisfying(
            StartException.class,
            e -> assertThat(e.reason()).isEqualTo(StartException.Reason.COMMAND_NOT_EXECUTABLE))
        .hasMessage("exec: \"/etc/passwd\": permission denied");
  }

  @Test
  void leavesNothingWhenTheTarballIsHostile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("root.tar"), "no archive at all ".repeat(100));
    var isolation = Isolation.of(Root.tarball(file), "true").name("hostile").build();
    assertThatThrownBy(isolation::start)
        .isInstanceOf(InvalidIsolationException.class)
        .hasMessage("rootfs: " + file + ": is not a tar archive");
    assertThat(traces("hostile")).isEmpty();
  }

  @Test
  void refusesAnotherOfTheSameName() {
    var isolation = Isolation.of(ROOT, "sleep", "50").name("twin").build();
    try (Container first = isolation.start()) {
      assertThatThrownBy(isolation::start)
          .isInstanceOf(StartException.class)
          .hasMessage("container with given ID already exists");
      assertThat(first.isAlive()).isTrue();
    }
  }

  @Test
  void sharesTheProcessesOfAnother() throws Exception {
    try (Container first = Isolation.of(ROOT, "sleep", "50").name("host-of-pids").build().start()) {
      assertThat(first.isAlive()).isTrue();
      assertThat(
              shell(
                  Isolation.of(ROOT, "cat", "/proc/1/cmdline")
                      .namespaces(n -> n.pid(Sharing.container("host-of-pids")))))
          .isEqualTo("sleep\u000050\u0000".strip());
    }
  }

  @Test
  void cannotWriteToWhatIsReadOnly(@TempDir Path directory) throws Exception {
    var isolation =
        Isolation.of(ROOT, "sh", "-c", "touch /in/x || touch /x || touch /tmp/x && echo scratch")
            .mount(Mount.readOnly(directory, "/in"))
            .mount(Mount.temporary("/tmp", "size=1m"))
            .readOnlyRoot();
    try (Container container = isolation.build().start()) {
      assertThat(container.output().readAllBytes()).asString(UTF_8).isEqualTo("scratch\n");
      assertThat(container.error().readAllBytes())
          .asString(UTF_8)
          .contains("'/in/x': Read-only file system", "'/x': Read-only file system");
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void givesItATerminal() throws Exception {
    var isolation = Isolation.of(ROOT, "sh", "-c", "test -t 0 && test -t 1 && echo $TERM");
    try (Container container = isolation.terminal().build().start()) {
      assertThat(container.output().readAllBytes()).asString(UTF_8).isEqualTo("xterm\r\n");
    }
  }

  @Test
  void putsAnInitBeforeTheCommand() throws Exception {
    assertThat(shell(Isolation.of(ROOT, "sh", "-c", "echo $$").init())).isNotEqualTo("1");
  }

  /** A program that is killed takes its container with it, and the next one clears up. */
  @Test
  void endsWithItsProgram() throws Exception {
    Process program =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SleepingProgram.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String pid = program.inputReader(UTF_8).readLine();
    assertThat(Path.of("/proc", pid)).exists();

    program.destroyForcibly().waitFor();

    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (Files.exists(Path.of("/proc", pid)) && System.nanoTime() - deadline < 0) {
      Thread.sleep(10);
    }
    assertThat(Path.of("/proc", pid)).doesNotExist();
    Thread.sleep(Duration.ofMillis(500)); // its launcher is about to write down how it ended
    assertThat(shell(Isolation.of(ROOT, "true"))).isEmpty();
    assertThat(traces("orphaned"))
        .as("what is left is removed once its end is some seconds old, or at once")
        .satisfiesAnyOf(
            left -> assertThat(left).isEmpty(),
            left -> {
              Thread.sleep(Duration.ofSeconds(11));
              assertThat(shell(Isolation.of(ROOT, "true"))).isEmpty();
              assertThat(traces("orphaned")).isEmpty();
            });
  }
}
