package io.belljar.conformance.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Json;
import io.belljar.conformance.Machine;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A container's life, verb by verb (runtime.md, "Lifecycle"). */
class LifecycleTest extends OciTest {
  private void create(Bundle bundle) {
    oci("create", "--bundle", bundle.write().toString(), id()).succeeds();
  }

  private void awaitStatus(String expected) {
    eventually("status " + expected, () -> status(id()).equals(expected));
  }

  @Test
  void createsThenStartsThenStopsThenDeletes() throws Exception {
    Path proof = Files.createDirectory(directory().resolve("proof"));
    Bundle bundle = bundle("echo ran > /proof/ran; exec sleep 1000");
    create(bundle.mount("bind", proof.toString(), "/proof", "bind", "rw"));
    assertThat(status(id())).isEqualTo("created");
    assertThat(proof.resolve("ran")).doesNotExist();

    oci("start", id()).succeeds();
    assertThat(status(id())).isEqualTo("running");
    eventually("the command has run", () -> Files.exists(proof.resolve("ran")));

    oci("kill", id(), "KILL").succeeds();
    awaitStatus("stopped");

    oci("delete", id()).succeeds();
    oci("state", id()).isRefused("container does not exist");
    assertNothingLeft();
  }

  @Test
  void stateHasTheDocumentOfTheSpecification() {
    Bundle bundle = bundle("exec sleep 1000").set("annotations", Map.of("io.belljar.test", "x"));
    create(bundle);
    Map<String, Object> state = state(id());
    assertThat(state)
        .containsEntry("id", id())
        .containsEntry("status", "created")
        .containsEntry("bundle", bundle.directory().toString())
        .containsEntry("rootfs", bundle.root().toString())
        .containsEntry("annotations", Map.of("io.belljar.test", "x"))
        .containsKeys("ociVersion", "created", "owner");
    assertThat((Long) state.get("pid")).isPositive();
    assertThat(Machine.status((Long) state.get("pid"), "NSpid")).endsWith("\t1");
  }

  @Test
  void aStoppedContainerHasNoPid() {
    create(bundle("exit 0"));
    oci("start", id()).succeeds();
    awaitStatus("stopped");
    assertThat(state(id()).getOrDefault("pid", 0L)).isEqualTo(0L);
  }

  @Test
  void killSendsTheSignalThatIsAsked() {
    start(bundle("trap 'exit 3' USR1; while :; do sleep 0.1; done"));
    oci("kill", id(), "SIGUSR1").succeeds();
    awaitStatus("stopped");
  }

  @Test
  void killSendsTermByDefault() {
    start(bundle("trap 'exit 3' TERM; while :; do sleep 0.1; done"));
    oci("kill", id()).succeeds();
    awaitStatus("stopped");
  }

  @Test
  void killAllReachesEveryProcess() {
    long pid = start(bundle("sleep 1000 & sleep 1001 & exec sleep 1002"));
    eventually("three processes", () -> Machine.processesWith(name()).size() >= 3);
    assertThat(pid).isPositive();
    oci("kill", "--all", id(), "9").succeeds();
    awaitStatus("stopped");
    eventually("no process", () -> Machine.processesWith(name()).isEmpty());
  }

  @Test
  void deletesACreatedContainer() {
    create(bundle("exit 0"));
    oci("delete", id()).succeeds();
    assertNothingLeft();
  }

  @Test
  void deleteForceEndsARunningContainer() {
    start(bundle("trap '' TERM; sleep 1000 & while :; do sleep 1; done"));
    oci("delete", "--force", id()).succeeds();
    assertNothingLeft();
  }

  @Test
  void deleteForceOfNothingIsFine() {
    oci("delete", "--force", id()).succeeds();
  }

  @Test
  void listsContainersAsATableNamesAndJson() {
    Bundle bundle = bundle("exec sleep 1000");
    long pid = start(bundle);

    List<String> lines = oci("list").succeeds().lines();
    assertThat(lines.getFirst().split(" +"))
        .containsExactly("ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER");
    assertThat(lines.get(1).split(" +"))
        .startsWith(id(), String.valueOf(pid), "running", bundle.directory().toString())
        .endsWith("root");
    assertThat(oci("list", "-q").succeeds().output()).isEqualTo(id() + "\n");

    Ran json = oci("list", "--format", "json").succeeds();
    Map<String, Object> container = Json.asObject(Json.asList(Json.read(json.output())).getFirst());
    assertThat(container).containsEntry("id", id()).containsEntry("pid", pid);
  }

  @Test
  void listsNothingAsRuncDoes() {
    assertThat(oci("list", "-q").succeeds().output()).isEmpty();
    assertThat(oci("list", "-f", "json").succeeds().text()).isEqualTo("null");
    assertThat(oci("list").succeeds().lines()).hasSize(1);
  }

  @Test
  void runWithoutDetachLeavesNothing() {
    assertThat(run(bundle("echo hello")).succeeds().output()).isEqualTo("hello\n");
    assertNothingLeft();
  }

  @Test
  void theRuntimesOwnDefaultBundleRuns() throws Exception {
    Bundle bundle = bundle();
    Files.delete(bundle.write().resolve("config.json"));
    oci("spec", "--bundle", bundle.directory().toString()).succeeds();
    Map<String, Object> config =
        Json.object(Files.readString(bundle.directory().resolve("config.json")));
    assertThat(config).containsKeys("ociVersion", "process", "root", "hostname", "mounts", "linux");
    oci("spec", "--bundle", bundle.directory().toString()).isRefused("config.json", "exist");
  }

  @Test
  void versionAndFeaturesAreWhatEnginesRead() {
    assertThat(oci("--version").succeeds().output()).contains("version").contains("spec: 1.");
    Map<String, Object> features = Json.object(oci("features").succeeds().output());
    assertThat(features).containsKeys("ociVersionMin", "ociVersionMax", "hooks", "mountOptions");
  }
}
