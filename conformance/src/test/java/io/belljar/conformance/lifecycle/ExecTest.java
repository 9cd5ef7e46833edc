package io.belljar.conformance.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.Json;
import io.belljar.conformance.Machine;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code exec}: a further process of a container has what its first process has. */
class ExecTest extends OciTest {
  private long pid;

  private void startContainer() {
    startContainer(bundle());
  }

  private void startContainer(Bundle bundle) {
    pid = start(bundle.script("exec sleep 1000"));
  }

  private Ran exec(String... words) {
    List<String> all = Command.words(List.of("exec"), words);
    return oci(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 42, 255})
  void exitsAsTheProcessDoes(int code) {
    startContainer();
    exec(id(), "sh", "-c", "exit " + code).exitsWith(code);
  }

  @Test
  void exitsWith128AndTheSignal() {
    startContainer();
    exec(id(), "sh", "-c", "kill -9 $$").exitsWith(137);
    exec(id(), "sh", "-c", "kill -TERM $$").exitsWith(143);
  }

  @Test
  void isInEveryNamespaceAndCgroupOfTheContainer() {
    startContainer();
    Ran ran = exec(id(), "ls", "-l", "/proc/1/ns/", "/proc/self/ns/").succeeds();
    for (String type : List.of("mnt", "pid", "net", "ipc", "uts")) {
      String link = Machine.namespace(pid, type);
      assertThat(ran.lines().stream().filter(line -> line.endsWith(link))).hasSizeGreaterThan(1);
    }
    assertThat(exec(id(), "cat", "/proc/self/cgroup").succeeds().output())
        .isEqualTo(exec(id(), "cat", "/proc/1/cgroup").succeeds().output());
  }

  @Test
  void hasTheCapabilitiesOfTheFirstProcess() {
    startContainer();
    String first = exec(id(), "grep", "^Cap", "/proc/1/status").succeeds().output();
    assertThat(exec(id(), "grep", "^Cap", "/proc/self/status").succeeds().output())
        .isEqualTo(first);
  }

  @Test
  void takesUserWorkingDirectoryAndEnvironment() {
    startContainer();
    Ran ran =
        exec(
            "--user",
            "1000:1001",
            "--cwd",
            "/tmp",
            "--env",
            "A=b c",
            id(),
            "sh",
            "-c",
            "id -u; id -g; pwd; echo \"$A\"");
    assertThat(ran.succeeds().lines()).containsExactly("1000", "1001", "/tmp", "b c");
  }

  @Test
  void takesFurtherGroups() {
    startContainer();
    assertThat(
            exec("-u", "5", "-g", "7", "-g", "8", id(), "grep", "Groups", "/proc/self/status")
                .succeeds()
                .output())
        .contains("7 8");
  }

  @Test
  void takesCapabilities() {
    startContainer();
    long effective =
        Long.parseLong(
            exec("--cap", "CAP_SYS_TIME", id(), "grep", "CapEff", "/proc/self/status")
                .succeeds()
                .text()
                .split("\\s+")[1],
            16);
    assertThat(effective >>> 25 & 1).isEqualTo(1);
  }

  @Test
  void takesAProcessDocument() throws Exception {
    startContainer();
    Path process = directory().resolve("process.json");
    Files.writeString(
        process,
        Json.write(
            Map.of(
                "user", Map.of("uid", 3, "gid", 4),
                "args", List.of("sh", "-c", "id -u; echo $B; pwd"),
                "env", List.of("B=c", "PATH=/bin"),
                "cwd", "/etc")));
    assertThat(exec("--process", process.toString(), id()).succeeds().lines())
        .containsExactly("3", "c", "/etc");
  }

  @Test
  void detachesAndWritesThePidFile() {
    startContainer();
    Path file = directory().resolve("execpid");
    exec("-d", "--pid-file", file.toString(), id(), "sleep", "1001").succeeds();
    long second = Long.parseLong(Machine.content(file).strip());
    assertThat(Machine.namespace(second, "mnt")).isEqualTo(Machine.namespace(pid, "mnt"));
    assertThat(Machine.content(Path.of("/proc/" + second + "/cmdline"))).contains("1001");
  }

  @Test
  void passesInputOutputAndError() {
    startContainer();
    Ran ran =
        oci().command("exec", id(), "sh", "-c", "cat; echo err >&2").input("in").run().succeeds();
    assertThat(ran.output()).isEqualTo("in");
    assertThat(ran.error()).isEqualTo("err\n");
  }

  @Test
  void givesATerminal() {
    startContainer();
    Machine.requireProgram("script", "bsdutils");
    String line =
        String.join(" ", oci().words("exec", "-t", id())) + " sh -c 'tty; stty size; exit 7'";
    Ran ran =
        Command.of("script", "-qec", "stty rows 33 cols 77; " + line, "/dev/null")
            .env(oci().environment())
            .run();
    assertThat(ran.exitsWith(7).output()).contains("/dev/pts/").contains("33 77");
  }

  @Test
  void refusesACommandThatIsNotThere() {
    startContainer();
    Ran ran = exec(id(), "no-such-program").isRefused("no-such-program");
    assertThat(ran.error()).contains("executable file not found in $PATH");
    ran.exitsWith(255).inOneLine();
    assertThat(status(id())).isEqualTo("running");
  }

  @Test
  void refusesNoCommand() {
    startContainer();
    exec(id()).isRefused();
  }

  @Test
  void worksBeforeStart() {
    oci("create", "--bundle", bundle("exit 0").write().toString(), id()).succeeds();
    assertThat(exec(id(), "echo", "early").succeeds().output()).isEqualTo("early\n");
    assertThat(status(id())).isEqualTo("created");
  }

  @Test
  void isReapedByTheContainersFirstProcess() {
    startContainer();
    for (int i = 0; i < 5; i++) {
      exec(id(), "true").succeeds();
    }
    assertThat(exec(id(), "ps", "-o", "pid").succeeds().lines()).hasSizeLessThan(5);
  }
}
