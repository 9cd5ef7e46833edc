package io.belljar.conformance.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Json;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hooks: config.md, "POSIX-platform Hooks", and runtime.md, "Lifecycle". */
class HookTest extends OciTest {
  private static final List<String> OUTSIDE =
      List.of("prestart", "createRuntime", "createContainer", "poststart", "poststop");

  private Path log() {
    return directory().resolve("hooks");
  }

  /** A hook that appends its name, and keeps its state document. */
  private Map<String, Object> hook(String kind) {
    return shellHook(
        "echo " + kind + " >> " + log() + "; cat > " + directory().resolve(kind + ".json"));
  }

  private static Map<String, Object> shellHook(String script) {
    return Map.of(
        "path",
        "/bin/sh",
        "args",
        List.of("sh", "-c", script),
        "env",
        List.of("PATH=/usr/bin:/bin"));
  }

  private List<String> called() {
    try {
      return Files.exists(log()) ? Files.readAllLines(log()) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void areCalledOnceEachAndInOrder() {
    assumeTrue(Oci.isBelljar(), "runc calls poststart before start");
    Bundle bundle = bundle("exec sleep 1000");
    OUTSIDE.forEach(kind -> bundle.add("hooks." + kind, hook(kind)));
    oci("create", "--bundle", bundle.write().toString(), id()).succeeds();
    assertThat(called()).containsExactly("prestart", "createRuntime", "createContainer");
    oci("start", id()).succeeds();
    eventually("poststart", () -> called().size() == 4);
    oci("kill", id(), "KILL").succeeds();
    eventually("it has stopped", () -> status(id()).equals("stopped"));
    oci("delete", id()).succeeds();
    assertThat(called()).containsExactlyElementsOf(OUTSIDE);
  }

  @Test
  void areCalledByRunToo() {
    Bundle bundle = bundle("exit 0");
    OUTSIDE.forEach(kind -> bundle.add("hooks." + kind, hook(kind)));
    run(bundle).succeeds();
    assertThat(called()).containsExactlyElementsOf(OUTSIDE);
  }

  @ParameterizedTest
  @CsvSource({
    "prestart,creat",
    "createRuntime,creat",
    "createContainer,creat",
    "poststart,running",
    "poststop,stopped",
  })
  void readTheStateFromTheirStandardInput(String kind, String status) throws Exception {
    assumeTrue(Oci.isBelljar() || !kind.equals("poststart"), "runc calls it created then");
    Bundle bundle = bundle("sleep 1").set("annotations", Map.of("a.b", "c"));
    run(bundle.add("hooks." + kind, hook(kind))).succeeds();
    Map<String, Object> state = Json.object(Files.readString(directory().resolve(kind + ".json")));
    assertThat(state)
        .containsEntry("id", id())
        .containsEntry("bundle", bundle.directory().toString())
        .containsEntry("annotations", Map.of("a.b", "c"))
        .containsKey("ociVersion");
    assertThat(state.get("status").toString()).startsWith(status);
    if (!kind.equals("poststop")) {
      assertThat((Long) state.get("pid")).isPositive();
    }
  }

  @Test
  void startContainerRunsInTheContainer() {
    Bundle bundle = bundle("cat /tmp/order").mount("tmpfs", "tmpfs", "/tmp");
    bundle.add(
        "hooks.startContainer",
        Map.of(
            "path",
            "/bin/sh",
            "args",
            List.of("sh", "-c", "hostname > /tmp/order"),
            "env",
            List.of("PATH=/bin")));
    bundle.set("hostname", "inside");
    assertThat(run(bundle).succeeds().output()).isEqualTo("inside\n");
  }

  @Test
  void createContainerRunsInItsNamespacesBeforeThePivot() {
    Bundle bundle = bundle("exit 0");
    Path proof = directory().resolve("ns");
    bundle.add("hooks.createContainer", shellHook("readlink /proc/self/ns/mnt > " + proof));
    run(bundle).succeeds();
    assertThat(proof).isRegularFile();
    assertThat(proof.toFile().length()).isPositive();
    assertThat(readLine(proof))
        .isNotEqualTo(Machine.namespace(ProcessHandle.current().pid(), "mnt"));
  }

  private static String readLine(Path file) {
    return Machine.content(file).strip();
  }

  @ParameterizedTest
  @ValueSource(strings = {"prestart", "createRuntime", "createContainer"})
  void oneThatFailsUndoesTheContainer(String kind) {
    Bundle bundle = bundle("echo ran > /tmp/ran").writable();
    bundle.add("hooks." + kind, shellHook("exit 5"));
    Ran ran = run(bundle).isRefused();
    if (Oci.isBelljar()) {
      ran.isRefused("hook", "exit status 5").inOneLine();
    }
    assertThat(bundle.root().resolve("tmp/ran")).doesNotExist();
    assertNothingLeft();
  }

  @Test
  void startContainerThatFailsKeepsTheCommandFromRunning() {
    Bundle bundle = bundle("echo ran > /tmp/ran").writable();
    bundle.add("hooks.startContainer", Map.of("path", "/bin/false"));
    run(bundle).isRefused();
    assertThat(bundle.root().resolve("tmp/ran")).doesNotExist();
    assertNothingLeft();
  }

  @Test
  void oneThatTakesTooLongIsKilled() {
    Bundle bundle = bundle("exit 0");
    bundle.add(
        "hooks.prestart",
        Map.of("path", "/bin/sleep", "args", List.of("sleep", "100"), "timeout", 1));
    Ran ran = run(bundle).isRefused();
    if (Oci.isBelljar()) {
      ran.isRefused("/bin/sleep", "1000 ms").inOneLine();
    }
    assertNothingLeft();
  }

  @Test
  void oneThatIsNotThereIsNamed() {
    Bundle bundle = bundle("exit 0").add("hooks.prestart", Map.of("path", "/no/such/hook"));
    run(bundle).isRefused("/no/such/hook");
    assertNothingLeft();
  }

  @Test
  void poststopThatFailsDoesNotKeepTheContainer() {
    Bundle bundle = bundle("exit 0").add("hooks.poststop", shellHook("exit 5"));
    run(bundle).succeeds();
    assertNothingLeft();
  }

  @Test
  void haveTheEnvironmentThatIsConfigured() {
    Path proof = directory().resolve("env");
    Bundle bundle = bundle("exit 0");
    bundle.add(
        "hooks.prestart",
        Map.of(
            "path", "/bin/sh",
            "args", List.of("sh", "-c", "env > " + proof),
            "env", List.of("PATH=/usr/bin:/bin", "HOOK=yes")));
    run(bundle).succeeds();
    assertThat(proof).content().contains("HOOK=yes").doesNotContain("BELLJAR_TEST");
  }
}
