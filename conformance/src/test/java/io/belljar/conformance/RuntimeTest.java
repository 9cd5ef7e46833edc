package io.belljar.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * A test of the runtime on this kernel. Each has directories and cgroups of its own; the planner is
 * its class's. After each test its containers are removed, and there must be as many processes,
 * mounts, cgroups, files and descriptors of the planner as before.
 */
public abstract class RuntimeTest {
  private static Optional<Path> runtimeDirectory = Optional.empty();
  private static Optional<String> defaultConfig = Optional.empty();
  private static int count;

  private Path directory;
  private Oci oci;
  private Footprint before;
  private int bundles;

  @BeforeAll
  static void makeRuntimeDirectory() throws IOException {
    assumeTrue(Path.of("/proc/1").toFile().exists() && isRoot(), "needs root");
    Machine.requireProgram("busybox", "busybox-static");
    // Short: a socket's path has at most 108 bytes.
    runtimeDirectory = Optional.of(Files.createTempDirectory(Path.of("/tmp"), "bjt"));
  }

  private static boolean isRoot() {
    return Machine.status(ProcessHandle.current().pid(), "Uid").startsWith("0\t");
  }

  @AfterAll
  static void endPlanner() {
    runtimeDirectory.ifPresent(path -> {
      endPlannersOf(path);
      delete(path);
    });
    runtimeDirectory = Optional.empty();
  }

  private static void endPlannersOf(Path path) {
    List<Long> planners = Machine.commandsWith(path + "/belljar/planner-");
    planners.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
    planners.forEach(
        pid -> eventually("planner " + pid + " ends", () -> ProcessHandle.of(pid).isEmpty()));
  }

  @BeforeEach
  final void begin() throws IOException {
    count++;
    String name = "belljar-test-" + ProcessHandle.current().pid() + "x" + count + "x";
    directory = Files.createDirectory(Path.of("/tmp", name));
    oci = new Oci(directory.resolve("state"), runtimeDirectory.orElseThrow(), name);
    // Starts the planner, and makes what stays in the directory of all containers.
    oci.run("delete", "--force", "nobody");
    before = footprint();
  }

  @AfterEach
  final void end() {
    cleanUp();
    removeContainers();
    boolean clean = waitUntil(Duration.ofSeconds(5), () -> footprint().isNoMoreThan(before));
    Footprint after = footprint();
    killRemains();
    delete(directory);
    if (!clean) {
      assertThat(after).as("what is there after the test").isEqualTo(before);
    }
  }

  /** What else the test has made is removed here, before it is looked at what is left. */
  protected void cleanUp() {}

  private void removeContainers() {
    oci.run("list", "-q").lines().forEach(id -> oci.run("delete", "--force", id));
  }

  /** So that a test that fails does not spoil the next. */
  private void killRemains() {
    for (String process : Machine.processesWith(name())) {
      ProcessHandle.of(Long.parseLong(process.substring(0, process.indexOf(' '))))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
    for (String group : Machine.groupsNamed(name())) {
      waitUntil(Duration.ofSeconds(2), () -> new java.io.File(group).delete());
    }
  }

  private Footprint footprint() {
    return Footprint.of(name(), oci.root(), oci.planners());
  }

  /** Asserts that there is no process, mount, cgroup or file of this test's containers. */
  protected final void assertNothingLeft() {
    waitUntil(Duration.ofSeconds(5), () -> footprint().isNoMoreThan(before));
    Footprint after = footprint();
    assertThat(after.processes()).as("processes").isEqualTo(before.processes());
    assertThat(after.mounts()).as("mounts").isEqualTo(before.mounts());
    assertThat(after.groups()).as("cgroups").isEqualTo(before.groups());
    assertThat(after.files()).as("files below --root").isEqualTo(before.files());
  }

  /** Compares what there is now with later without the planner, which may have been replaced. */
  protected final Footprint before() {
    return before;
  }

  /** The runtime under test. */
  protected final Oci oci() {
    return oci;
  }

  /** Runs a command of the runtime. */
  protected final Ran oci(String... arguments) {
    return oci.run(arguments);
  }

  /** The test's name: part of the path of each file, cgroup and container. */
  protected final String name() {
    return oci.name();
  }

  /** The test's directory. */
  protected final Path directory() {
    return directory;
  }

  /** A name for a container. */
  protected final String id() {
    return name() + "c";
  }

  /** A bundle whose container runs sh, as {@code spec} writes it. */
  protected final Bundle bundle() {
    bundles++;
    return Bundle.make(directory.resolve("bundle" + bundles), defaultConfig(), name() + bundles);
  }

  /** A bundle whose container runs a script. */
  protected final Bundle bundle(String script) {
    return bundle().script(script);
  }

  private String defaultConfig() {
    if (defaultConfig.isEmpty()) {
      Path bundle = directory.resolve("default");
      try {
        Files.createDirectory(bundle);
        oci.run("spec", "--bundle", bundle.toString()).succeeds();
        defaultConfig = Optional.of(Files.readString(bundle.resolve("config.json")));
        delete(bundle);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return defaultConfig.orElseThrow();
  }

  /** Runs a bundle's container to its end. */
  protected final Ran run(Bundle bundle, String... options) {
    List<String> words = Command.words(List.of("run", "--bundle", bundle.write().toString()));
    words.addAll(List.of(options));
    words.add(id());
    return oci.run(words.toArray(String[]::new));
  }

  /** Creates and starts a container that runs until it is removed. */
  protected final long start(Bundle bundle, String... options) {
    return start(id(), bundle, options);
  }

  /** Creates and starts a container of this name. */
  protected final long start(String id, Bundle bundle, String... options) {
    List<String> words =
        Command.words(List.of("run", "--detach", "--bundle", bundle.write().toString()));
    words.addAll(List.of(options));
    words.add(id);
    oci.run(words.toArray(String[]::new)).succeeds();
    return pid(id);
  }

  /** A container's state. */
  protected final Map<String, Object> state(String id) {
    return Json.object(oci("state", id).succeeds().output());
  }

  /** The id of a container's first process. */
  protected final long pid(String id) {
    return (Long) state(id).get("pid");
  }

  /** The word for a container's status. */
  protected final String status(String id) {
    return state(id).get("status").toString();
  }

  /** Waits for something that takes its time. */
  protected static void eventually(String what, BooleanSupplier condition) {
    assertThat(waitUntil(Duration.ofSeconds(20), condition)).as(what).isTrue();
  }

  private static boolean waitUntil(Duration patience, BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** Deletes a tree that holds no mounts. */
  private static void delete(Path directory) {
    if (!Machine.mountsWith(directory.toString()).isEmpty()) {
      throw new AssertionError("there are mounts below " + directory);
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
