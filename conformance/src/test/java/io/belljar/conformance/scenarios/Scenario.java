package io.belljar.conformance.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/**
 * Commands as a person types them, and their results. Each test has a directory, in which the
 * commands are typed, and a name for its containers; afterwards no process, mount or cgroup of that
 * name is left.
 */
@Tag("integration")
abstract class Scenario {
  private static final int NOBODY = 65_534;

  private static Path planners = Path.of("/");
  private static Path program = Path.of("/");
  private static int count;

  private Path directory;
  private String name;

  @BeforeAll
  static void prepare() throws IOException {
    assumeTrue(
        Machine.status(ProcessHandle.current().pid(), "Uid").startsWith("0\t"), "needs root");
    Machine.requireProgram("busybox", "busybox-static");
    planners = Files.createTempDirectory(Path.of("/tmp"), "bjs");
    program = Oci.path().resolveSibling("belljar");
  }

  @AfterAll
  static void endPlanners() {
    for (long pid : Machine.commandsWith(planners + "/")) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
      eventually("planner " + pid + " ends", () -> ProcessHandle.of(pid).isEmpty());
    }
    delete(planners);
  }

  @BeforeEach
  final void begin() throws IOException {
    name = "scenario-" + ProcessHandle.current().pid() + "x" + ++count + "x";
    directory =
        Files.createDirectory(
            Path.of("/tmp", name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  @AfterEach
  final void end() {
    sh("belljar-oci delete --force " + name + " 2>/dev/null");
    delete(directory);
    eventually("no cgroup is left", () -> Machine.groupsNamed(name).isEmpty());
    assertThat(Machine.mountsWith(name)).as("mounts").isEmpty();
  }

  /** A name for a container, and part of all that it has. */
  final String name() {
    return name;
  }

  final Path directory() {
    return directory;
  }

  private Command command(List<String> words) {
    return Command.of(words)
        .in(directory)
        .env(
            "PATH",
            program.getParent() + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
        .env("BELLJAR_RUNTIME_DIR", planners.toString())
        .env("NAME", name)
        .env("BELLJAR_TEST", name);
  }

  /** Types a script into bash; {@code $NAME} is the test's name. */
  final Ran sh(String script) {
    return command(List.of("/bin/bash", "-c", script)).run();
  }

  /** The same, and it goes on. */
  final Command.Running start(String script) {
    return command(List.of("/bin/bash", "-c", "exec " + script)).start();
  }

  /** Types a script as an ordinary user, with a home of its own. */
  final Ran asNobody(String script) {
    Path bin = readableProgram();
    Path home = directory.resolve("home");
    try {
      if (!Files.isDirectory(home)) {
        Files.createDirectory(home);
        Files.setAttribute(home, "unix:uid", NOBODY);
        Files.setAttribute(home, "unix:gid", NOBODY);
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return command(
            List.of(
                "setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                "--inh-caps=-all",
                "/bin/bash",
                "-c",
                script))
        .in(home)
        .env("PATH", bin + ":/usr/sbin:/usr/bin:/sbin:/bin")
        .env("HOME", home.toString())
        .env("BELLJAR_RUNTIME_DIR", home.toString())
        .run();
  }

  /** Where everybody may execute the program: a copy, where it lies in a directory of root's. */
  private Path readableProgram() {
    Path bin = program.getParent();
    Ran readable =
        Command.of(
                "setpriv",
                "--reuid=" + NOBODY,
                "--clear-groups",
                "test",
                "-r",
                bin.resolveSibling("lib/planner.args").toString())
            .run();
    if (readable.code() == 0) {
      return bin;
    }
    Path copy = planners.resolve("copy");
    if (!Files.exists(copy)) {
      sh("cp -r %s %s && chmod -R a+rX %s && chmod a+rx %s"
              .formatted(bin.getParent(), copy, copy, planners))
          .succeeds();
    }
    return copy.resolve("bin");
  }

  /** Ends the planners that {@link #asNobody} has started, so that its home can go. */
  @AfterEach
  final void endPlannersOfNobody() {
    for (long pid : Machine.commandsWith(directory + "/home/")) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      eventually("planner " + pid + " ends", () -> ProcessHandle.of(pid).isEmpty());
    }
  }

  /**
   * Types the words after {@code belljar}, and the same without it: they exit alike and print the
   * same.
   */
  final Ran sameAsWithout(String words) {
    Ran theirs = sh(words);
    Ran ours = sh("belljar " + words);
    assertThat(ours.output()).as("%s%n%s", ours, theirs).isEqualTo(theirs.output());
    assertThat(ours.code()).as("%s%n%s", ours, theirs).isEqualTo(theirs.code());
    // Coreutils' quotes depend on the locale.
    assertThat(ours.error().replaceAll("[‘’]", "'"))
        .isEqualTo(theirs.error().replaceAll("[‘’]", "'"));
    return ours;
  }

  static void eventually(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static void delete(Path tree) {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
