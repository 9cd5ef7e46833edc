package io.belljar.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** containerd, whose shim calls the runtime, and its command line ctr. */
class ContainerdTest extends ClientTest {
  private Command.Running containerd;
  private List<String> ctr;
  private Path root;

  @BeforeEach
  void startContainerd() throws Exception {
    Machine.requireProgram("containerd", "containerd");
    Machine.requireProgram("ctr", "containerd");
    root = root();
    Path configuration = directory().resolve("config.toml");
    Files.writeString(
        configuration,
        """
        version = 2
        root = "%1$s/data"
        state = "%1$s/containerd"
        disabled_plugins = ["io.containerd.grpc.v1.cri"]
        [grpc]
        address = "%1$s/containerd.sock"
        """
            .formatted(directory()));
    ctr =
        List.of(
            "ctr",
            "--address",
            directory().resolve("containerd.sock").toString(),
            "--namespace",
            name());
    containerd =
        daemon(
            List.of("containerd", "--config", configuration.toString()),
            Command.words(ctr, "version"));
  }

  @Override
  protected void cleanUp() {
    if (containerd != null) {
      client(ctr, "task", "kill", "--signal", "KILL", id());
      client(ctr, "task", "delete", "--force", id());
      client(ctr, "container", "delete", id());
      end(containerd);
    }
    super.cleanUp();
  }

  private List<String> line(String... options) {
    List<String> line = new ArrayList<>(Command.words(ctr, "run"));
    line.addAll(List.of("--runc-binary", runtime().toString()));
    line.addAll(List.of("--runc-root", directory().resolve("containers").toString()));
    line.addAll(List.of("--fifo-dir", directory().resolve("fifo").toString()));
    line.addAll(List.of(options));
    line.addAll(List.of("--rootfs", root.toString(), id()));
    return line;
  }

  @Test
  void runsACommand() {
    Ran ran = client(line("--rm"), "sh", "-c", "echo hello; echo $$");
    assertThat(ran.succeeds().lines()).containsExactly("hello", "1");
  }

  @Test
  void tellsTheExitStatus() {
    client(line("--rm"), "sh", "-c", "exit 42").exitsWith(42);
  }

  @Test
  void tellsThatACommandIsNotThere() {
    client(line("--rm"), "no-such-program").isRefused("no-such-program");
  }

  @Test
  void givesATerminal() {
    Machine.requireProgram("script", "bsdutils");
    Ran ran =
        client(
            List.of(
                "script",
                "-qec",
                String.join(" ", Command.words(line("--rm", "-t"), "tty")),
                "/dev/null"));
    assertThat(ran.succeeds().output()).contains("/dev/pts/0");
  }

  @Test
  void executesInAndKillsAContainer() {
    client(line("--detach"), "sleep", "1000").succeeds();
    assertThat(client(ctr, "task", "ls").succeeds().output()).contains(id()).contains("RUNNING");
    Ran ran =
        client(
            ctr,
            "task",
            "exec",
            "--fifo-dir",
            directory().resolve("fifo").toString(),
            "--exec-id",
            "x",
            id(),
            "sh",
            "-c",
            "echo in; exit 3");
    assertThat(ran.exitsWith(3).output()).isEqualTo("in\n");
    client(ctr, "task", "kill", "--signal", "KILL", id()).succeeds();
    eventually("it has stopped", () -> client(ctr, "task", "ls").output().contains("STOPPED"));
    client(ctr, "task", "delete", id());
    assertThat(client(ctr, "task", "ls").succeeds().output()).doesNotContain(id());
  }

  @Test
  void pausesAContainer() {
    client(line("--detach"), "sleep", "1000").succeeds();
    client(ctr, "task", "pause", id()).succeeds();
    assertThat(client(ctr, "task", "ls").output()).contains("PAUSED");
    client(ctr, "task", "resume", id()).succeeds();
  }
}
