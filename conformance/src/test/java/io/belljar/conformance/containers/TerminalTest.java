package io.belljar.conformance.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.Ran;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code attach} and {@code exec -it} at a real terminal. */
class TerminalTest extends PeopleTest {
  private static final String PROGRAMS = "sh,stty,sleep,cat";

  @BeforeEach
  void requirePython() {
    Machine.requireProgram("python3", "python3-minimal");
  }

  /** A shell that runs detached, with a terminal. */
  private String shell(String... options) {
    String name = name();
    List<String> words = Command.words(List.of("run", "-dit", "--name", name), options);
    words.addAll(List.of("--from-host", PROGRAMS, "--", "sh"));
    belljar(words.toArray(String[]::new)).succeeds();
    return name;
  }

  private static List<String> program(String... words) {
    return Command.words(List.of(Oci.path().resolveSibling("belljar").toString()), words);
  }

  /** Types a command at a terminal; terminal.py has the script's words. */
  private static Ran typed(String script, String... words) throws IOException {
    Path python = Path.of(runtimeDirectory(), "terminal.py");
    try (InputStream in = TerminalTest.class.getResourceAsStream("terminal.py")) {
      Files.copy(in, python, StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> line =
        Command.words(List.of("python3", python.toString()), program(words).toArray(String[]::new));
    return Command.of(line)
        .env("BELLJAR_RUNTIME_DIR", runtimeDirectory())
        .env("B", program().getFirst())
        .input(script)
        .run();
  }

  @Test
  void whatIsTypedIsEchoedOnceAndItsOutputIsSeen() throws IOException {
    String name = shell();
    String script =
        """
        raw
        type echo he''llo\\r
        see hello\\r\\n
        see #\\x20
        type cat\\r
        type here\\r
        see here\\r\\nhere\\r\\n
        type \\x03
        see ^C
        type echo code-$?\\r
        see code-130
        see #\\x20
        type exit 7\\r
        """;
    Ran ran = typed(script, "attach", name).exitsWith(7);
    assertThat(ran.output().split("he''llo", -1)).hasSize(2);
    assertThat(ran.output()).endsWith("exit 7\r\n");
  }

  @Test
  void theContainersTerminalHasTheSizeOfTheCallers() throws IOException {
    String name = shell();
    // The size goes its own way: until it has come, it is asked for again.
    String ask = "type until test \"$(stty size)\" = '%s'; do sleep .1; done; echo se''en\\r\n";
    String script = "raw\n" + ask.formatted("30 100") + "see seen\nsize 41 77\n";
    script += ask.formatted("41 77") + "see seen\n";
    typed(script + "type \\x10\\x11\nsee read escape", "attach", name).exitsWith(0);
    typed(script + "type exit 9\\r\n", "exec", "-it", name, "sh").exitsWith(9);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15})
  void aSignalEndsTheAttachmentAndRestoresTheTerminal(int signal) throws IOException {
    String name = shell();
    typed("raw\nsignal " + signal, "attach", name).exitsWith(128 + signal);
    assertThat(inspect(name, "{{.State.Status}}")).isEqualTo("running");
  }

  @Test
  void theKeysThatDetachLeaveItRunning() throws IOException {
    String name = shell();
    Ran left = typed("raw\ntype a\\x10\ntype b\\x10\\x11\n", "attach", name).exitsWith(0);
    assertThat(left.output()).contains("read escape sequence");
    assertThat(inspect(name, "{{.State.Status}}")).isEqualTo("running");
  }

  @Test
  void otherKeysDetachAndTheirBeginningsArePassedOn() throws IOException {
    String name = shell();
    String script = "raw\ntype \\x10\\x11\nsee ^P\ntype \\x01x\nsee ^Ax\ntype \\x01\\x01q\n";
    Ran left = typed(script, "attach", "--detach-keys", "ctrl-a,q", name).exitsWith(0);
    assertThat(left.output()).contains("read escape sequence");
    assertThat(inspect(name, "{{.State.Status}}")).isEqualTo("running");
    assertThat(belljar("attach", "--detach-keys", "ctrl-1", name).exitsWith(1).error())
        .contains("Invalid detach keys (ctrl-1) provided");
  }

  @Test
  void manySeeTheSameAndThoseWhoOnlySeeLeaveByAnInterrupt() throws IOException {
    String name = shell();
    String attach = "python3 $BELLJAR_RUNTIME_DIR/terminal.py $B attach " + name;
    String second =
        "run printf 'raw\\ntype echo fr''om-$((40+2))\\\\r\\nsee from-42\\n"
            + "type \\\\x10\\\\x11\\n' | "
            + attach;
    typed("raw\n" + second + "\nsee from-42\ntype \\x10\\x11\n", "attach", name).exitsWith(0);
    String only = second + "\nsee from-42\ntype nothing\\r\ntype \\x03\n";
    typed("run sleep 2\n" + only, "attach", "--no-stdin", name).exitsWith(130);
    assertThat(belljar("logs", name).output()).doesNotContain("nothing");
  }

  @Test
  void theExitCodeOfAContainerThatIsRemovedAtItsEndIsThere() throws IOException {
    String name = shell("--rm");
    typed("raw\ntype exit 5\\r\n", "attach", name).exitsWith(5);
  }

  @Test
  void withoutATerminalSignalsGoToTheContainerUnlessTheyShouldNot() {
    String name = name();
    String script = "trap 'echo ended; exit 6' TERM; while :; do sleep .1; echo beat; done";
    belljar("run", "-di", "--rm", "--name", name, "--from-host", PROGRAMS, "--", "sh", "-c", script)
        .succeeds();
    try (Command.Running only = command("attach", "--sig-proxy=false", name).start()) {
      awaitBeat(only);
      only.process().destroy();
      only.await().exitsWith(143);
    }
    try (Command.Running attached = command("attach", name).start()) {
      awaitBeat(attached);
      attached.process().destroy();
      assertThat(attached.await().exitsWith(6).output()).endsWith("ended\n");
    }
  }

  private static void awaitBeat(Command.Running attached) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!attached.outputSoFar().contains("beat")) {
      assertThat(System.nanoTime()).as("when it is attached at the latest").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
