package io.belljar.conformance.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code run}: exit statuses, streams, descriptors, the pid file. */
class RunTest extends OciTest {
  private String line(Bundle bundle, String... options) {
    List<String> words = Command.words(List.of("run"), options);
    words.addAll(List.of("--bundle", bundle.write().toString(), id()));
    return String.join(" ", oci().words(words.toArray(String[]::new)));
  }

  private Ran shell(String script) {
    return Command.shell(script).env(oci().environment()).run();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 42, 125, 255})
  void exitsAsTheProcessDoes(int code) {
    run(bundle("exit " + code)).exitsWith(code);
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 9, 11, 15})
  void exitsWith128AndTheSignal(int signal) {
    // Its first process does not feel a signal of its own, so another one gets it and it tells.
    run(bundle("sh -c 'kill -" + signal + " $$'; exit $?")).exitsWith(128 + signal);
  }

  @Test
  void exitsWith137WhenItsFirstProcessIsKilled() {
    try (Command.Running running =
        oci()
            .command("run", "--bundle", bundle("exec sleep 1000").write().toString(), id())
            .start()) {
      eventually("it runs", () -> oci("state", id()).output().contains("\"running\""));
      oci("kill", id(), "KILL").succeeds();
      running.await().exitsWith(137);
    }
    assertNothingLeft();
  }

  @Test
  void handsSignalsOn() {
    try (Command.Running running =
        oci()
            .command(
                "run",
                "--bundle",
                bundle("trap 'echo got; exit 9' TERM; echo ready; while :; do sleep 0.1; done")
                    .write()
                    .toString(),
                id())
            .start()) {
      eventually("it is ready", () -> running.outputSoFar().contains("ready"));
      running.process().destroy();
      Ran ran = running.await();
      assertThat(ran.output()).contains("got");
      ran.exitsWith(9);
    }
    assertNothingLeft();
  }

  @Test
  void refusesACommandThatIsNotThere() {
    Ran ran = run(bundle().runs("no-such-program")).isRefused("no-such-program");
    assertThat(ran.error()).contains("executable file not found in $PATH");
    ran.exitsWith(1).inOneLine();
    assertNothingLeft();
  }

  @Test
  void refusesAPathThatIsNotThere() {
    run(bundle().runs("/no/such/program"))
        .isRefused("/no/such/program", "no such file or directory")
        .exitsWith(1);
    assertNothingLeft();
  }

  @Test
  void refusesAFileThatIsNotExecutable() {
    run(bundle().runs("/etc/passwd")).isRefused("/etc/passwd", "permission denied").exitsWith(1);
    assertNothingLeft();
  }

  @Test
  void refusesADirectory() {
    run(bundle().runs("/etc")).isRefused("/etc").exitsWith(1);
    assertNothingLeft();
  }

  @Test
  void refusesAScriptWithoutItsInterpreter() throws Exception {
    Bundle bundle = bundle().runs("/tmp/script");
    Path script = bundle.root().resolve("tmp/script");
    Files.writeString(script, "#!/no/interpreter\n");
    script.toFile().setExecutable(true);
    run(bundle).isRefused("no such file or directory");
    assertNothingLeft();
  }

  @Test
  void keepsStandardOutputAndErrorApart() {
    Ran ran = run(bundle("echo out; echo err >&2")).succeeds();
    assertThat(ran.output()).isEqualTo("out\n");
    assertThat(ran.error()).isEqualTo("err\n");
  }

  @Test
  void passesStandardInput() {
    Ran ran =
        oci()
            .command("run", "--bundle", bundle("wc -c").write().toString(), id())
            .input("x".repeat(100_000))
            .run();
    assertThat(ran.succeeds().text()).isEqualTo("100000");
  }

  @Test
  void passesABrokenPipeOn() {
    Ran ran = shell(line(bundle("yes")) + " | head -n 1; echo ${PIPESTATUS[0]}");
    assertThat(ran.lines().getFirst()).isEqualTo("y");
    assertNothingLeft();
  }

  @Test
  void writesThePidFile() {
    Path file = directory().resolve("pid");
    long pid = start(bundle("exec sleep 1000"), "--pid-file", file.toString());
    assertThat(file).hasContent(String.valueOf(pid));
    assertThat(Machine.status(pid, "NSpid")).isNotEmpty();
  }

  @Test
  void detachedContainersKeepNoDescriptorOfTheirs() {
    start(bundle("exec sleep 1000"));
    assertThat(status(id())).isEqualTo("running");
  }

  @Test
  void aDetachedContainerIsAChildOfNoCommand() {
    long pid = start(bundle("exec sleep 1000"));
    String parent = Machine.status(pid, "PPid");
    assertThat(Machine.content(Path.of("/proc/" + parent + "/cmdline")))
        .doesNotContain("belljar-oci");
  }

  @Test
  void passesOnlyTheDescriptorsThatAreToBePreserved() {
    Bundle bundle = bundle("cd /proc/self/fd && echo *; cat <&3");
    Ran ran =
        shell(
            "exec 3<<<third 4</etc/passwd 7</etc/group; exec "
                + line(bundle, "--preserve-fds", "1"));
    List<String> lines = ran.succeeds().lines();
    // Beyond them there is only what the shell has opened to read the directory.
    assertThat(List.of(lines.getFirst().split(" "))).contains("0", "1", "2", "3");
    assertThat(lines.getFirst()).doesNotContain("7");
    assertThat(lines.get(1)).isEqualTo("third");
  }

  @Test
  void passesNoDescriptorByDefault() {
    Bundle bundle = bundle().runs("ls", "-l", "/proc/self/fd");
    Ran ran = shell("exec 3</etc/passwd 4</etc/group 9</ 50</tmp; exec " + line(bundle)).succeeds();
    assertThat(ran.output()).doesNotContain("passwd").doesNotContain("group");
    // Standard streams, and the directory that ls reads.
    assertThat(ran.lines().stream().filter(text -> text.contains(" -> ")))
        .hasSizeBetween(3, 4)
        .allMatch(text -> text.matches(".* [0-3] -> .*"));
  }

  @Test
  void passesSocketsOfListenFds() {
    Bundle bundle = bundle("echo $LISTEN_FDS; cat <&3");
    Ran ran = shell("exec 3<<<first; LISTEN_FDS=1 LISTEN_PID=$$ exec " + line(bundle));
    assertThat(ran.succeeds().lines()).containsExactly("1", "first");
  }

  @Test
  void runsInTheBundleOfTheCurrentDirectory() {
    Bundle bundle = bundle("echo here");
    Ran ran = oci().command("run", id()).in(bundle.write()).run();
    assertThat(ran.succeeds().output()).isEqualTo("here\n");
  }

  @Test
  void runsWithoutPivotRoot() {
    assertThat(run(bundle("ls /"), "--no-pivot").succeeds().output()).contains("proc");
    assertNothingLeft();
  }

  @Test
  void runsWithoutANewKeyring() {
    run(bundle("exit 0"), "--no-new-keyring").succeeds();
  }

  @Test
  void endsWhenItsFirstProcessEndsWhateverElseRuns() {
    try (Command.Running running =
        oci()
            .command("run", "--bundle", bundle("sleep 1000 & exit 5").write().toString(), id())
            .start()) {
      running.await(Duration.ofSeconds(60)).exitsWith(5);
    }
    assertNothingLeft();
  }
}
