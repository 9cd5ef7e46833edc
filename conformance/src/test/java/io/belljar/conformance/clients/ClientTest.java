package io.belljar.conformance.clients;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.Ran;
import io.belljar.conformance.RuntimeTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;

/**
 * An engine that runs containers with the runtime under test. It has directories, sockets and
 * cgroups of its own, and is a child of the test, which ends it.
 */
@Tag("clients")
abstract class ClientTest extends RuntimeTest {
  private static final Duration TO_ANSWER = Duration.ofSeconds(60);

  /**
   * The runtime as engines call it: they pass little of an environment on, so a script sets what
   * keeps the test apart from other planners.
   */
  final Path runtime(String... arguments) {
    Path script = directory().resolve("runtime");
    String text =
        """
        #!/bin/sh
        export BELLJAR_RUNTIME_DIR=%s BELLJAR_TEST=%s
        exec %s %s "$@"
        """
            .formatted(oci().runtimeDirectory(), name(), Oci.path(), String.join(" ", arguments));
    try {
      Files.writeString(script, text);
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return script;
  }

  /** A root with busybox. */
  final Path root() {
    return root(directory());
  }

  /** A root with busybox, in another directory. */
  final Path root(Path parent) {
    Path root = parent.resolve("root");
    try {
      Files.createDirectory(root);
      Bundle.makeRoot(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return root;
  }

  /** Runs a client to its end. */
  final Ran client(List<String> words, String... more) {
    return Command.of(Command.words(words, more)).env(oci().environment()).within(TO_ANSWER).run();
  }

  /** Starts a daemon and waits until it answers. */
  final Command.Running daemon(List<String> words, List<String> question) {
    Command.Running daemon = Command.of(words).env(oci().environment()).start();
    eventually(
        words.getFirst() + " answers: " + daemon.errorSoFar(),
        () -> !daemon.process().isAlive() || client(question).code() == 0);
    if (!daemon.process().isAlive()) {
      throw new AssertionError("it has ended: " + daemon.await());
    }
    return daemon;
  }

  /** Docker's command line, to a daemon of the test's own. */
  final List<String> docker() {
    return List.of("docker", "--host", "unix://" + directory().resolve("docker.sock"));
  }

  /**
   * Starts Docker's daemon, and gives it the root as the image {@code box}.
   *
   * @param runtime {@code NAME=PROGRAM}, one more that it may use
   */
  final Command.Running startDocker(Path root, String runtime) {
    Path configuration = directory().resolve("daemon.json");
    try {
      // One of the test's own: the machine's may say otherwise.
      Files.writeString(configuration, "{}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> line =
        List.of(
            "dockerd",
            "--host",
            docker().getLast(),
            "--data-root",
            directory().resolve("data").toString(),
            "--exec-root",
            directory().resolve("exec").toString(),
            "--pidfile",
            directory().resolve("docker.pid").toString(),
            "--config-file",
            configuration.toString(),
            "--iptables=false",
            "--bridge=none",
            "--storage-driver",
            "vfs",
            "--cgroup-parent",
            "/" + name(),
            "--add-runtime",
            runtime);
    Command.Running daemon = daemon(line, Command.words(docker(), "version"));
    Command.shell(
            "tar -C %s -c . | docker --host %s import - box".formatted(root, docker().getLast()))
        .run()
        .succeeds();
    return daemon;
  }

  /** Ends Docker's daemon; it keeps a mount, and its network namespaces' one for longer. */
  final void endDocker(Command.Running daemon) {
    end(daemon);
    Machine.mountsWith(name()).forEach(line -> Command.of("umount", line.split(" ")[4]).run());
  }

  /** Podman's command line, with storage of the test's own. */
  final List<String> podman(String runtime) {
    return List.of(
        "podman",
        "--root",
        directory().resolve("storage").toString(),
        "--runroot",
        directory().resolve("run").toString(),
        "--tmpdir",
        directory().resolve("tmp").toString(),
        "--storage-driver",
        "vfs",
        "--events-backend",
        "none",
        "--cgroup-manager",
        "cgroupfs",
        "--runtime",
        runtime);
  }

  /** How podman runs here: it would raise hard limits, which root may not do on every machine. */
  final List<String> podmanRun(List<String> podman) {
    return Command.words(
        podman,
        "run",
        "--network",
        "none",
        "--cgroup-parent",
        "/" + name(),
        "--log-driver",
        "k8s-file",
        "--ulimit",
        "nofile=1024:2048",
        "--ulimit",
        "nproc=8192:8192");
  }

  /** Ends a daemon as an administrator would. */
  final void end(Command.Running daemon) {
    daemon.process().destroy();
    try (daemon) {
      eventually(daemon.words().getFirst() + " ends", () -> !daemon.process().isAlive());
    }
  }

  /** The groups that an engine makes for all its containers are its own to keep; not the test's. */
  @Override
  protected void cleanUp() {
    eventually("its cgroups are empty", () -> Machine.processesWith(name()).isEmpty());
    Machine.removeGroupsNamed(name());
  }
}
