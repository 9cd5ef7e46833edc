package io.belljar.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine with an ordinary user, ann, to whom /etc/subuid and /etc/subgid hand ids: namespaces
 * with these files, as the real ones are not a test's to change. {@code user-machine} sets it up;
 * closing it ends all processes that ann has started.
 */
public final class UserMachine implements AutoCloseable {
  /** The first of ann's subordinate ids, who is user and group 1 in a container. */
  public static final int SUBORDINATE = 100_000;

  private static final Path SETUP =
      Path.of("src/test/resources/user-machine").toAbsolutePath().normalize();

  private final Path directory;
  private final Command.Running first;

  /** Sets it up. */
  public UserMachine() {
    Machine.requireProgram("newuidmap", "uidmap");
    try {
      directory = Files.createTempDirectory(Path.of("/tmp"), "bju");
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    first =
        Command.of(
                "unshare",
                "--mount",
                "--propagation=slave",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "sh",
                SETUP.toString(),
                Oci.path().getParent().getParent().toString())
            .in(directory)
            .start();
    await();
  }

  private void await() {
    for (int tries = 0; tries < 1000 && first.process().isAlive(); tries++) {
      if (Files.exists(directory.resolve("ready"))) {
        return;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    throw new AssertionError(SETUP + ": " + first.errorSoFar());
  }

  /** Ann's home. */
  public Path home() {
    return directory.resolve("ann");
  }

  /** Where ann's programs keep what is gone after a reboot. */
  public Path runtimeDirectory() {
    return directory.resolve("run-ann");
  }

  /** The words that make a command one of ann's. */
  public List<String> as(String... words) {
    long init = first.process().children().findFirst().orElseThrow().pid();
    List<String> all =
        new ArrayList<>(List.of("nsenter", "--target=" + init, "--mount", "--pid", "setpriv"));
    all.addAll(List.of("--reuid=1000", "--regid=1000", "--clear-groups", "--inh-caps=-all"));
    all.addAll(List.of("env", "--ignore-environment", "--chdir=" + home()));
    all.addAll(List.of("HOME=" + home(), "USER=ann", "XDG_RUNTIME_DIR=" + runtimeDirectory()));
    all.add("PATH=" + directory.resolve("belljar/bin") + ":/usr/sbin:/usr/bin:/sbin:/bin");
    all.addAll(List.of(words));
    return all;
  }

  /** Ends whatever ann has started, and removes what is left of it. */
  @Override
  public void close() {
    first.close();
    Command.of("rm", "-rf", directory.toString()).run().succeeds();
  }
}
