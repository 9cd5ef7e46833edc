package io.belljar.conformance.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Json;
import io.belljar.conformance.Oci;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't be done is refused in one line, and nothing is left behind. */
class BadRequestTest extends OciTest {
  /** Runs a bundle after a change; the refusal is to hold these words. */
  private void refuses(Consumer<Bundle> change, String... words) {
    Bundle bundle = bundle("exit 0");
    change.accept(bundle);
    Ran ran = run(bundle).isRefused();
    if (Oci.isBelljar()) {
      ran.isRefused(words).inOneLine();
    }
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", ".", "a/b", "../x", "a b", "ä", "a\nb"})
  void refusesABadId(String id) {
    Ran ran = oci("run", "--bundle", bundle("exit 0").write().toString(), id).isRefused();
    if (Oci.isBelljar()) {
      ran.inOneLine();
    }
    assertNothingLeft();
    assertThat(directory().resolve("x")).doesNotExist();
  }

  @Test
  void refusesAnIdThatIsLongerThanAFileName() {
    oci("run", "--bundle", bundle("exit 0").write().toString(), "x".repeat(1025)).isRefused();
    assertNothingLeft();
  }

  @Test
  void refusesAMissingBundle() {
    oci("run", "--bundle", directory().resolve("nowhere").toString(), id()).isRefused("nowhere");
    assertNothingLeft();
  }

  @Test
  void refusesAMissingConfiguration() throws Exception {
    Path empty = Files.createDirectory(directory().resolve("empty"));
    oci("run", "--bundle", empty.toString(), id()).isRefused("config.json");
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"ociVersion\":", "\"text\"", "nonsense"})
  void refusesWhatIsNoDocument(String text) {
    Bundle bundle = bundle();
    bundle.write(text);
    Ran ran = oci("run", "--bundle", bundle.directory().toString(), id()).isRefused();
    if (Oci.isBelljar()) {
      ran.isRefused("config.json").inOneLine();
    }
    assertNothingLeft();
  }

  @Test
  void refusesAMissingRoot() {
    refuses(bundle -> bundle.set("root.path", "nowhere"), "nowhere");
  }

  @Test
  void refusesARootThatIsAFile() {
    refuses(bundle -> bundle.set("root.path", "config.json"), "config.json");
  }

  @Test
  void refusesNoRoot() {
    refuses(bundle -> bundle.remove("root"), "root");
  }

  @Test
  void refusesNoProcess() {
    refuses(bundle -> bundle.remove("process"), "process");
  }

  @Test
  void refusesNoArguments() {
    refuses(bundle -> bundle.set("process.args", List.of()), "process.args");
  }

  @Test
  void refusesARelativeWorkingDirectory() {
    refuses(bundle -> bundle.set("process.cwd", "tmp"), "process.cwd");
  }

  @Test
  void refusesAnUnknownNamespace() {
    refuses(bundle -> bundle.namespace("thing"), "linux.namespaces", "thing");
  }

  @Test
  void refusesANamespaceTwice() {
    refuses(
        bundle -> bundle.add("linux.namespaces", Map.of("type", "pid")), "linux.namespaces", "pid");
  }

  @Test
  void refusesAnUnknownCapability() {
    assumeTrue(Oci.isBelljar(), "runc only warns of it");
    refuses(
        bundle -> bundle.set("process.capabilities.bounding", List.of("CAP_FLY")),
        "process.capabilities.bounding",
        "CAP_FLY");
  }

  @Test
  void refusesAWrongType() {
    refuses(bundle -> bundle.set("process.user.uid", "root"), "process.user.uid");
  }

  @Test
  void refusesANegativeUser() {
    refuses(bundle -> bundle.set("process.user.uid", -1), "process.user.uid");
  }

  @Test
  void refusesAUserBeyond32Bits() {
    refuses(bundle -> bundle.set("process.user.uid", 4294967296L), "process.user.uid");
  }

  @Test
  void refusesAHostNameWithoutItsNamespace() {
    refuses(bundle -> bundle.withoutNamespace("uts"), "hostname");
  }

  @Test
  void refusesAnUnknownLimit() {
    refuses(
        bundle ->
            bundle.set(
                "process.rlimits", List.of(Map.of("type", "RLIMIT_LUCK", "soft", 1, "hard", 1))),
        "RLIMIT_LUCK");
  }

  @Test
  void refusesAFileSystemThatTheKernelDoesNotHave() {
    refuses(bundle -> bundle.mount("nosuchfs", "none", "/tmp"), "nosuchfs");
  }

  @Test
  void refusesABindMountOfNothing() {
    refuses(bundle -> bundle.mount("bind", "/no/such/file", "/tmp", "bind"), "/no/such/file");
  }

  @Test
  void refusesAMissingNamespaceFile() {
    refuses(bundle -> bundle.namespace("network", "/no/such/netns"), "/no/such/netns");
  }

  @Test
  void refusesANamespaceOfAnotherType() {
    refuses(bundle -> bundle.namespace("network", "/proc/self/ns/uts"), "/proc/self/ns/uts");
  }

  @Test
  void refusesATerminalWithoutASocketWhenDetached() {
    Bundle bundle = bundle("exit 0").set("process.terminal", true);
    oci("create", "--bundle", bundle.write().toString(), id()).isRefused("console socket");
    assertNothingLeft();
  }

  @Test
  void refusesAnUnknownOption() {
    oci("run", "--no-such-option", id()).isRefused("no-such-option");
  }

  @Test
  void writesTheFailureToTheLogAsJson() throws Exception {
    Path log = directory().resolve("log");
    Bundle bundle = bundle("exit 0").set("root.path", "nowhere");
    oci(
            "--log",
            log.toString(),
            "--log-format",
            "json",
            "create",
            "--bundle",
            bundle.write().toString(),
            id())
        .isRefused();
    List<String> lines = Files.readAllLines(log);
    Map<String, Object> entry = Json.object(lines.getLast());
    assertThat(entry).containsEntry("level", "error").containsKeys("msg", "time");
    assertThat(entry.get("msg").toString()).contains("nowhere");
  }

  @Test
  void writesTheFailureToTheLogAsText() throws Exception {
    Path log = directory().resolve("log");
    oci("--log", log.toString(), "state", id()).isRefused();
    assertThat(Files.readString(log)).contains("level=error").contains("container does not exist");
  }

  @Test
  void saysThatSystemdIsNotThereYet() {
    assumeTrue(Oci.isBelljar(), "runc has it");
    oci("--systemd-cgroup", "run", "--bundle", bundle("exit 0").write().toString(), id())
        .isRefused("--systemd-cgroup")
        .inOneLine();
    assertNothingLeft();
  }
}
