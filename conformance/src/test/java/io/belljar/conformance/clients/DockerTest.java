package io.belljar.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Ran;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Docker's daemon with Belljar as one of its runtimes. */
class DockerTest extends ClientTest {
  private Command.Running dockerd;

  @BeforeEach
  void startDocker() {
    Machine.requireProgram("dockerd", "docker.io");
    Machine.requireProgram("docker", "docker.io");
    dockerd = startDocker(root(), "belljar=" + runtime());
  }

  @Override
  protected void cleanUp() {
    if (dockerd != null) {
      docker("rm", "--force", "one");
      endDocker(dockerd);
    }
    super.cleanUp();
  }

  private Ran docker(String... words) {
    return client(docker(), words);
  }

  private Ran run(String... words) {
    List<String> line =
        new ArrayList<>(
            Command.words(docker(), "run", "--runtime", "belljar", "--network", "none"));
    line.addAll(List.of(words));
    return client(line);
  }

  @Test
  void runsACommand() {
    Ran ran = run("--rm", "box", "sh", "-c", "echo hello; echo $$; ls /sys/class/net");
    assertThat(ran.succeeds().lines()).containsExactly("hello", "1", "lo");
  }

  @Test
  void tellsExitStatuses() {
    run("--rm", "box", "sh", "-c", "exit 42").exitsWith(42);
    run("--rm", "box", "no-such-program").exitsWith(127);
    run("--rm", "box", "/etc/passwd").exitsWith(126);
  }

  @Test
  void givesATerminal() {
    Machine.requireProgram("script", "bsdutils");
    List<String> line =
        Command.words(
            docker(),
            "run",
            "--rm",
            "-t",
            "--runtime",
            "belljar",
            "--network",
            "none",
            "box",
            "tty");
    Ran ran = client(List.of("script", "-qec", String.join(" ", line), "/dev/null"));
    assertThat(ran.succeeds().output()).contains("/dev/pts/0");
  }

  @Test
  void executesInAContainer() {
    run("-d", "--name", "one", "box", "sleep", "1000").succeeds();
    assertThat(docker("exec", "one", "sh", "-c", "echo in; exit 3").exitsWith(3).output())
        .isEqualTo("in\n");
    assertThat(
            docker("exec", "--user", "7", "--env", "A=b", "one", "sh", "-c", "id -u; echo $A")
                .succeeds()
                .lines())
        .containsExactly("7", "b");
    docker("stop", "--time", "1", "one").succeeds();
    assertThat(docker("inspect", "--format", "{{.State.ExitCode}}", "one").succeeds().text())
        .isEqualTo("137");
  }

  @Test
  void limitsAContainer() {
    Machine.requireVersion1("memory");
    run(
            "-d",
            "--name",
            "one",
            "--memory",
            "64m",
            "--pids-limit",
            "33",
            "--cpus",
            "0.5",
            "box",
            "sleep",
            "1000")
        .succeeds();
    String id = docker("inspect", "--format", "{{.Id}}", "one").succeeds().text();
    String group = "/" + name() + "/" + id;
    assertThat(Machine.content(Machine.group("memory", group).resolve("memory.limit_in_bytes")))
        .isEqualTo("67108864\n");
    assertThat(Machine.content(Machine.group("pids", group).resolve("pids.max"))).isEqualTo("33\n");
    assertThat(Machine.content(Machine.group("cpu", group).resolve("cpu.cfs_quota_us")))
        .isEqualTo("50000\n");
  }

  @Test
  void appliesItsProfiles() {
    Ran ran =
        run(
            "--rm",
            "box",
            "sh",
            "-c",
            "grep -E '^(Seccomp|CapEff):' /proc/self/status; mount -t" + " tmpfs x /tmp");
    assertThat(ran.lines().getFirst()).endsWith("00000000a80425fb");
    assertThat(ran.lines().get(1)).endsWith("2");
    assertThat(ran.error()).contains("ermi");
  }
}
