package io.belljar.conformance.toolbox;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where scripts are run with one program or the other: in mount, UTS and IPC namespaces of the
 * test's own, with a root to change to, and ids for the ordinary user, so that nothing of the
 * machine's is touched.
 *
 * <p>The bench is made on the first processor, and so must be what scripts mount in it: a mount
 * namespace can only be mounted in an older one, and newer kernels count them apart on each
 * processor.
 */
final class Bench implements AutoCloseable {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final String USER = "1000";

  private final Path directory;
  private final Command.Running holder;
  private final long pid;
  private int runs;

  Bench() {
    try {
      directory = Files.createTempDirectory("bench");
      Path setup = directory.resolve("setup");
      Files.writeString(setup, resource("bench.sh"));
      Files.writeString(directory.resolve("both.sh"), resource("both.sh"));
      holder =
          Command.of(
                  "taskset",
                  "1",
                  "unshare",
                  "--mount",
                  "--uts",
                  "--ipc",
                  "--propagation",
                  "private",
                  "sh",
                  setup.toString(),
                  directory.toString(),
                  USER)
              .start();
      awaitReady();
      pid = holder.process().pid();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) throws IOException {
    try (var stream = Bench.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private void awaitReady() {
    for (int i = 0; i < 500 && !holder.outputSoFar().contains("ready"); i++) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (!holder.outputSoFar().contains("ready")) {
      throw new IllegalStateException("the bench is not ready: " + holder.errorSoFar());
    }
  }

  /** Runs a row's script with a program: {@code unshare}, or {@code belljar unshare}. */
  Ran run(Row row, String program) {
    Path own = directory.resolve((row.user() ? "user" : "root") + "/" + runs++);
    List<String> words =
        new ArrayList<>(
            List.of("nsenter", "--target", Long.toString(pid), "--mount", "--uts", "--ipc"));
    if (row.user()) {
      words.addAll(List.of("setpriv", "--reuid", USER, "--regid", USER, "--clear-groups"));
    }
    words.addAll(
        List.of(
            "env",
            "-i",
            "PATH=" + PATH,
            "LC_ALL=C",
            "SHELL=/bin/sh",
            "T=" + program,
            "B=" + directory,
            "R=" + directory + "/newroot",
            "BELLJAR_RUNTIME_DIR=" + directory + "/run-" + (row.user() ? "user" : "root"),
            "XDG_RUNTIME_DIR=" + directory + "/run-" + (row.user() ? "user" : "root"),
            "sh",
            "-c",
            "umask 022; mkdir %s && cd %s && . %s/both.sh%n%s"
                .formatted(own, own, directory, row.script())));
    Ran ran = Command.of(words).run();
    return new Ran(
        List.of(row.script()), ran.code(), normal(ran.output(), own), normal(ran.error(), own));
  }

  /** Names of the program, of the run's directory, and numbers that are never the same twice. */
  private static String normal(String text, Path own) {
    return text.replace(own.toString(), "HERE")
        .replaceAll("(?m)^(?:\\S*/)?(unshare|nsenter|chroot): ", "$1: ")
        .replaceAll("/proc/[0-9]+/", "/proc/PID/");
  }

  /** Belljar's name for a program. */
  static String belljar(String program) {
    return Oci.path().resolveSibling("belljar") + " " + program;
  }

  @Override
  public void close() {
    Machine.commandsWith(directory + "/run-").stream()
        .flatMap(planner -> ProcessHandle.of(planner).stream())
        .forEach(ProcessHandle::destroy);
    holder.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
