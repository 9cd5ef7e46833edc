package io.belljar.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The runtime under test, with a directory for its state and one for its planner's socket.
 *
 * @param root {@code --root}
 * @param runtimeDirectory {@code BELLJAR_RUNTIME_DIR}
 * @param name in the environment of every command, and so of what it leaves behind
 */
public record Oci(Path root, Path runtimeDirectory, String name) {
  private static final Path PROGRAM = program();

  private static Path program() {
    String configured = System.getProperty("belljar.oci", "");
    Path path =
        configured.isEmpty()
            ? Path.of("../distribution/target/belljar/bin/belljar-oci")
            : Path.of(configured);
    return path.toAbsolutePath().normalize();
  }

  /** The program under test. */
  public static Path path() {
    if (!Files.isExecutable(PROGRAM)) {
      throw new IllegalStateException(PROGRAM + " is missing: run ./belljar-oci --version once");
    }
    return PROGRAM;
  }

  /** Whether it is Belljar, and not another runtime with runc's command line. */
  public static boolean isBelljar() {
    return PROGRAM.getFileName().toString().startsWith("belljar");
  }

  /** The environment of its commands. */
  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("BELLJAR_RUNTIME_DIR", runtimeDirectory.toString());
    environment.put("BELLJAR_TEST", name);
    return environment;
  }

  /** The words of a command. */
  public List<String> words(String... arguments) {
    return Command.words(List.of(path().toString(), "--root", root.toString()), arguments);
  }

  /** A command, not yet run. */
  public Command command(String... arguments) {
    return Command.of(words(arguments)).env(environment());
  }

  /** Runs a command. */
  public Ran run(String... arguments) {
    return command(arguments).run();
  }

  /** The planners that serve its commands. */
  public List<Long> planners() {
    return Machine.commandsWith(runtimeDirectory + "/belljar/planner-");
  }
}
