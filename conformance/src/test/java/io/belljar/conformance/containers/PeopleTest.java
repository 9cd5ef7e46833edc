package io.belljar.conformance.containers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Command;
import io.belljar.conformance.Json;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Types commands of {@code belljar}; its containers are removed after each test. */
@Tag("integration")
abstract class PeopleTest {
  private static Optional<Path> runtimeDirectory = Optional.empty();
  private static int count;

  private final List<String> containers = new ArrayList<>();

  @BeforeAll
  static void makeRuntimeDirectory() throws IOException {
    assumeTrue(Oci.isBelljar(), "runs Belljar's own commands");
    assumeTrue(
        Machine.status(ProcessHandle.current().pid(), "Uid").startsWith("0\t"), "needs root");
    runtimeDirectory = Optional.of(Files.createTempDirectory(Path.of("/tmp"), "bjp"));
  }

  @AfterAll
  static void endPlanner() {
    runtimeDirectory.ifPresent(path -> {
      Machine.commandsWith(path + "/belljar/planner-")
          .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
      Command.of("rm", "-rf", path.toString()).run();
    });
  }

  @AfterEach
  final void removeContainers() {
    for (String name : containers) {
      belljar("rm", "-f", name);
      Machine.groupsNamed(name)
          .forEach(group -> {
            throw new AssertionError(group + " is left");
          });
    }
  }

  static String runtimeDirectory() {
    return runtimeDirectory.orElseThrow().toString();
  }

  static Command command(String... words) {
    List<String> all =
        Command.words(List.of(Oci.path().resolveSibling("belljar").toString()), words);
    return Command.of(all).env("BELLJAR_RUNTIME_DIR", runtimeDirectory());
  }

  static Ran belljar(String... words) {
    return command(words).run();
  }

  /** A name that no container has. */
  final String name() {
    count++;
    String name = "belljar-people-%d-%d".formatted(ProcessHandle.current().pid(), count);
    containers.add(name);
    return name;
  }

  /** Starts a container that runs a script. */
  final String start(String script, String... options) {
    String name = name();
    List<String> words = Command.words(List.of("run", "-d", "--name", name), options);
    words.addAll(
        List.of("--from-host", "sh,sleep,cat,id,env,dd,readlink,true", "--", "sh", "-c", script));
    belljar(words.toArray(String[]::new)).succeeds();
    return name;
  }

  /** A part of what inspect says. */
  static String inspect(String name, String template) {
    return belljar("inspect", "-f", template, name).succeeds().text();
  }

  /** All that inspect says. */
  static Map<String, Object> inspect(String name) {
    return Json.asObject(
        Json.asList(Json.read(belljar("inspect", name).succeeds().output())).getFirst());
  }
}
