package io.belljar.conformance.toolbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A pid and mount namespace of the test's own, in which processes are in namespaces of all kinds
 * and nobody else does anything, so that what is listed there stays the same. See scene.sh.
 */
public final class Scene implements AutoCloseable {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final Path directory;
  private final Command.Running holder;
  private final String init;

  /** Makes it, and has Belljar's planners started in it. */
  public Scene() {
    try {
      directory = Files.createTempDirectory(Path.of("/tmp"), "scene");
      Files.setAttribute(directory, "unix:mode", 0755);
      Path script = directory.resolve("scene.sh");
      try (var stream = Scene.class.getResourceAsStream("scene.sh")) {
        Files.writeString(script, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      }
      String[] words = {
        "unshare",
        "--fork",
        "--pid",
        "--mount",
        "--mount-proc",
        "--propagation",
        "private",
        "--kill-child",
        "sh",
        script.toString(),
        directory.toString()
      };
      holder = Command.of(words).start();
      await();
      long pid = holder.process().pid();
      init = Files.readString(Path.of("/proc/" + pid + "/task/" + pid + "/children")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    root("$T > /dev/null 2>&1", belljar("lsns"));
    user("$T > /dev/null 2>&1", belljar("lsns"));
  }

  private void await() {
    for (int i = 0; i < 1000 && !holder.outputSoFar().contains("ready"); i++) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    assertThat(holder.outputSoFar()).as(holder.errorSoFar()).contains("ready");
  }

  /** How Belljar's command is typed. */
  public static String belljar(String command) {
    return Oci.path().resolveSibling("belljar").toAbsolutePath().normalize() + " " + command;
  }

  /** Where the test's files are. */
  public Path directory() {
    return directory;
  }

  /** The pid of the scene's first process, outside. */
  public String init() {
    return init;
  }

  /** Runs a script inside as root; {@code $T} in it is the program. */
  public Ran root(String script, String program) {
    return run("root", List.of(), script, program);
  }

  /** Runs a script inside as an ordinary user. */
  public Ran user(String script, String program) {
    return run("user", List.of("--setgid", "1000", "--setuid", "1000"), script, program);
  }

  private Ran run(String who, List<String> options, String script, String program) {
    List<String> words = new ArrayList<>(List.of("nsenter", "-t", init, "-p", "-m"));
    words.addAll(options);
    words.addAll(
        List.of(
            "env",
            "-i",
            "PATH=" + PATH,
            "LC_ALL=C.UTF-8",
            "T=" + program,
            "BELLJAR_RUNTIME_DIR=" + directory.resolve(who),
            "sh",
            "-c",
            ". " + directory.resolve("variables") + "\n" + script));
    Ran ran = Command.of(words).in(Path.of("/")).run();
    return new Ran(List.of(who, script, program), ran.code(), ran.output(), ran.error());
  }

  @Override
  public void close() {
    for (long planner : Machine.commandsWith(directory.toString() + "/")) {
      if (planner != holder.process().pid()) {
        ProcessHandle.of(planner).ifPresent(ProcessHandle::destroy);
      }
    }
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
