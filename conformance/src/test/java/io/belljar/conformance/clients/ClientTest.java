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
    Path root = directory().resolve("root");
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
