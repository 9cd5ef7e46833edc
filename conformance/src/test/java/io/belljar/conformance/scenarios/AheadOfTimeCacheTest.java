package io.belljar.conformance.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The cache of a distribution makes a planner start faster, and is not needed: a copy in which it
 * cannot be used works, and its planner's log says what is to be done.
 */
class AheadOfTimeCacheTest extends Scenario {
  private static final String CURE = "cure: install Belljar again, or build it with this JVM";

  private static final String BUILD = "OpenJDK 64-Bit Server VM (";

  /** Where the JVM's name and version stand in the file's header. */
  private static final int HEADER_BYTES = 4096;

  /** A copy of the distribution; where its cache is. */
  private Path copy() {
    sh("cp -a \"$(dirname \"$(dirname \"$(realpath \"$(command -v belljar)\")\")\")\" copy")
        .succeeds();
    return directory().resolve("copy/lib/belljar.aot");
  }

  /** What the planner of the copy has logged when it has answered once. */
  private String logOf(String environment) {
    String run = environment + " BELLJAR_RUNTIME_DIR=$PWD ";
    assertThat(sh(run + "copy/bin/belljar-oci --root $PWD/state list --quiet").succeeds().output())
        .isEmpty();
    Path log = directory().resolve("belljar/planner.log");
    eventually("the planner has ended", () -> read(log).contains("the planner ends"));
    return read(log);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void aCopyWithItsCacheSaysNothingOfIt() {
    copy();
    assertThat(logOf("BELLJAR_RESIDENT=0")).doesNotContain("cache", "aot");
  }

  @Test
  void aDamagedCacheIsNamedWithItsCure() throws Exception {
    Path cache = copy();
    byte[] damaged = Files.readAllBytes(cache);
    Arrays.fill(damaged, 0, HEADER_BYTES, (byte) 'x');
    Files.write(cache, damaged);
    assertThat(logOf("BELLJAR_RESIDENT=0"))
        .contains("the cache " + cache.toRealPath() + " is not used", CURE);
  }

  @Test
  void aCacheOfAnotherJvmIsNamedWithItsCure() throws Exception {
    Path cache = copy();
    byte[] changed = Files.readAllBytes(cache);
    String header = new String(changed, 0, HEADER_BYTES, StandardCharsets.ISO_8859_1);
    int version = header.indexOf(BUILD) + BUILD.length();
    assertThat(version).as("the version of the JVM, in the header").isGreaterThan(BUILD.length());
    changed[version] = '1'; // of JDK 15
    Files.write(cache, changed);
    assertThat(logOf("BELLJAR_RESIDENT=0")).contains("different version or build", CURE);
  }

  @Test
  void withoutACacheAPlannerStaysAllTheSame() throws Exception {
    Files.delete(copy());
    sh("BELLJAR_RUNTIME_DIR=$PWD copy/bin/belljar-oci --root $PWD/state list").succeeds();
    Path log = directory().resolve("belljar/planner.log");
    eventually("the log names the cure", () -> read(log).contains(CURE));
    sh("BELLJAR_RUNTIME_DIR=$PWD copy/bin/belljar-oci --root $PWD/state list").succeeds();
    assertThat(read(log)).as("one planner, one line").containsOnlyOnce(CURE);
    // By its own socket, which is in this directory.
    for (long pid : Machine.commandsWith(directory() + "/belljar/")) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
    eventually("the planner has ended", () -> read(log).contains("the planner ends"));
  }
}
