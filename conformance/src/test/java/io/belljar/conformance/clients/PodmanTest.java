package io.belljar.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Machine;
import io.belljar.conformance.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Podman, whose conmon watches the container and receives its terminal. */
class PodmanTest extends ClientTest {
  private Path root;
  private List<String> podman;

  @BeforeEach
  void requirePodman() {
    Machine.requireProgram("podman", "podman");
    root = root();
    podman = podman(runtime("--root", oci().root().toString()).toString());
  }

  @Override
  protected void cleanUp() {
    if (podman != null) {
      podman("rm", "--all", "--force", "--time", "0");
    }
    super.cleanUp();
  }

  private Ran podman(String... words) {
    return client(podman, words);
  }

  private List<String> line(String... words) {
    List<String> line = podmanRun(podman);
    line.addAll(List.of(words));
    return line;
  }

  private Ran run(String... words) {
    return client(line(words));
  }

  @Test
  void runsACommand() {
    Ran ran = run("--rm", "--rootfs", root.toString(), "sh", "-c", "echo hello; echo $$; id -u");
    assertThat(ran.succeeds().lines()).containsExactly("hello", "1", "0");
  }

  @Test
  void tellsTheExitStatus() {
    run("--rm", "--rootfs", root.toString(), "sh", "-c", "exit 42").exitsWith(42);
  }

  @Test
  void tellsThatACommandIsNotThere() {
    run("--rm", "--rootfs", root.toString(), "no-such-program").exitsWith(127);
    run("--rm", "--rootfs", root.toString(), "/etc/passwd").exitsWith(126);
  }

  @Test
  void givesATerminal() {
    Machine.requireProgram("script", "bsdutils");
    List<String> line = line("--rm", "-t", "--rootfs", root.toString(), "tty");
    Ran ran = client(List.of("script", "-qec", String.join(" ", line), "/dev/null"));
    assertThat(ran.succeeds().output()).contains("/dev/pts/0");
  }

  @Test
  void executesInAContainerListsAndRemovesIt() {
    run("-d", "--name", "one", "--rootfs", root.toString(), "sleep", "1000").succeeds();
    assertThat(podman("ps", "--format", "{{.Names}} {{.Status}}").succeeds().output())
        .startsWith("one Up");
    assertThat(podman("exec", "one", "sh", "-c", "echo in; exit 3").exitsWith(3).output())
        .isEqualTo("in\n");
    podman("exec", "-t", "one", "tty").succeeds();
    podman("kill", "one").succeeds();
    podman("wait", "one");
    assertThat(podman("ps", "--quiet").succeeds().output()).isEmpty();
    podman("rm", "one").succeeds();
    assertThat(podman("ps", "--all", "--quiet").succeeds().output()).isEmpty();
  }

  @Test
  void stopsAContainer() {
    run(
            "-d",
            "--name",
            "one",
            "--rootfs",
            root.toString(),
            "sh",
            "-c",
            "trap 'exit 7' TERM; while :; do sleep 0.1; done")
        .succeeds();
    podman("stop", "--time", "20", "one").succeeds();
    assertThat(podman("inspect", "--format", "{{.State.ExitCode}}", "one").succeeds().text())
        .isEqualTo("7");
  }

  @Test
  void limitsAContainer() {
    Ran ran =
        run(
            "--rm",
            "--pids-limit",
            "33",
            "--memory",
            "64m",
            "--user",
            "5:6",
            "--workdir",
            "/tmp",
            "--env",
            "A=b",
            "--rootfs",
            root.toString(),
            "sh",
            "-c",
            "id -u; id -g; pwd; echo $A");
    assertThat(ran.succeeds().lines()).containsExactly("5", "6", "/tmp", "b");
  }
}
