package io.belljar.conformance.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifeTest extends PeopleTest {
  @Test
  void stopAsksFirst() {
    String name = start("trap 'exit 5' TERM; while :; do sleep 0.05; done");
    assertThat(belljar("exec", name, "true").succeeds().text()).isEmpty();
    assertThat(belljar("stop", name).succeeds().text()).isEqualTo(name);
    assertThat(belljar("wait", name).text()).isEqualTo("5");
    assertThat(inspect(name, "{{.State.Status}} {{.State.ExitCode}} {{.State.Pid}}"))
        .isEqualTo("exited 5 0");
    belljar("stop", name).succeeds();
  }

  @Test
  void stopEndsWhatDoesNotListen() {
    String name = start("trap '' TERM; sleep 100; sleep 100");
    String other = start("sleep 100");
    long start = System.nanoTime();
    var ran = belljar("stop", "-t", "1", name, "nosuch", other).exitsWith(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(9));
    assertThat(ran.lines()).containsExactly(name, other);
    assertThat(ran.error()).isEqualTo("belljar: No such container: nosuch\n");
    assertThat(belljar("wait", name, other).text()).isEqualTo("137\n137");
  }

  @Test
  void aPausedContainerCanBeStoppedAndKilled() {
    String stopped = start("trap 'exit 4' TERM; while :; do sleep 0.05; done");
    String killed = start("sleep 100");
    belljar("pause", stopped, killed).succeeds();
    belljar("stop", stopped).succeeds();
    assertThat(belljar("wait", stopped).text()).isEqualTo("4");
    belljar("kill", killed).succeeds();
    assertThat(inspect(killed, "{{.State.Status}} {{.State.ExitCode}}")).isEqualTo("exited 137");
    belljar("kill", killed).exitsWith(1).isRefused(killed + ": container not running");
    belljar("kill", "-s", "FOO", killed).exitsWith(1).isRefused("unknown signal \"FOO\"");
  }

  @Test
  void waitTellsTheExitCodeEvenOfAContainerThatGoes() {
    String name = start("sleep 1; exit 9", "--rm");
    assertThat(belljar("wait", name).succeeds().text()).isEqualTo("9");
  }

  @Test
  void rmRemovesOnlyWhatHasEnded() {
    String name = start("sleep 100");
    belljar("rm", name).exitsWith(1).isRefused("is running: stop it first");
    assertThat(belljar("rm", "-f", name, "nosuch").exitsWith(0).lines()).containsExactly(name);
    assertThat(belljar("ps", "-aq").lines()).doesNotContain(name);
    assertThat(Machine.groupsNamed(name)).isEmpty();
    assertThat(Files.exists(Path.of("/var/lib/belljar/containers", name))).isFalse();
    belljar("rm", name).exitsWith(1).isRefused("No such container: " + name);
  }

  @Test
  void aContainerIsFoundByItsNewName() {
    String name = start("sleep 100");
    String other = name();
    belljar("rename", name, other).succeeds();
    assertThat(inspect(other, "{{.Id}} {{.Name}}")).isEqualTo(name + " /" + other);
    belljar("run", "--name", other, "--from-host", "true", "true")
        .exitsWith(125)
        .isRefused("there is a container of this name already");
    belljar("rename", name, "nosuch/name").exitsWith(1).isRefused("invalid name");
  }

  @Test
  void aWrongCommandLineExitsAsDockersDoes() {
    belljar("stop").exitsWith(125).isRefused("CONTAINER").inOneLine();
    belljar("rm", "--foo", "x").exitsWith(125).isRefused("--foo: unknown option").inOneLine();
  }

  @Test
  void execEntersWithTheSamePrivileges() {
    String name = start("sleep 100");
    String pid = inspect(name, "{{.State.Pid}}");
    String script =
        "cat /proc/self/status; for n in mnt pid net ipc uts cgroup; do readlink /proc/self/ns/$n; done";
    String inside = belljar("exec", name, "sh", "-c", script).succeeds().output();
    for (String field : new String[] {"CapEff", "CapBnd", "CapAmb", "Seccomp", "NoNewPrivs"}) {
      assertThat(inside).contains(field + ":\t" + Machine.status(Long.parseLong(pid), field));
    }
    for (String kind : new String[] {"mnt", "pid", "net", "ipc", "uts", "cgroup"}) {
      assertThat(inside).contains(Machine.link(Path.of("/proc", pid, "ns", kind)));
    }
  }

  @Test
  void execPassesOnWhatItIsAskedTo() {
    String name = start("sleep 100", "-e", "A=1");
    assertThat(
            belljar(
                    "exec",
                    "-e",
                    "B=2",
                    "-w",
                    "/bin",
                    "-u",
                    "1000:100",
                    name,
                    "sh",
                    "-c",
                    "echo $A $B $PWD $HOME; id -u; id -g")
                .succeeds()
                .text())
        .isEqualTo("1 2 /bin /\n1000\n100");
    assertThat(command("exec", "-i", name, "cat").input("hello").run().output()).isEqualTo("hello");
    assertThat(command("exec", name, "cat").input("hello").run().output()).isEmpty();
    belljar("exec", "-d", name, "sleep", "99").succeeds();
    assertThat(belljar("top", name).output()).contains("sleep 99");
    Command.of("script", "-qec", String.join(" ", terminal(name)), "/dev/null")
        .env("BELLJAR_RUNTIME_DIR", runtimeDirectory())
        .run()
        .exitsWith(4);
  }

  private static List<String> terminal(String name) {
    String program = Oci.path().resolveSibling("belljar").toString();
    return List.of(program, "exec", "-it", name, "sh", "-c", "'test -t 0 && exit 4'");
  }

  @Test
  void execExitsAsShellsDo() {
    String name = start("sleep 100");
    belljar("exec", name, "sh", "-c", "exit 7").exitsWith(7);
    belljar("exec", name, "nosuch").exitsWith(127).isRefused("not found").inOneLine();
    belljar("exec", name, "/bin").exitsWith(126).isRefused("permission denied").inOneLine();
    belljar("exec", "-u", "nouser", name, "true").exitsWith(126).isRefused("find user nouser");
    belljar("exec", "nosuch", "true").exitsWith(1).isRefused("No such container: nosuch");
    belljar("kill", name).succeeds();
    belljar("exec", name, "true").exitsWith(1).isRefused("is not running");
  }
}
