package io.belljar.conformance.toolbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Command;
import io.belljar.conformance.Json;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.Ran;
import io.belljar.conformance.RuntimeTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code belljar check} on this machine: what it says must be what the machine does. */
@Tag("integration")
class CheckTest extends RuntimeTest {
  private static final String BELLJAR = Oci.path().resolveSibling("belljar").toString();

  private Ran check(String... prefix) {
    return Command.of(Command.words(List.of(prefix), BELLJAR, "check", "--json"))
        .env(oci().environment())
        .run();
  }

  private static Map<String, Map<String, Object>> items(Ran ran) {
    Map<String, Map<String, Object>> items = new LinkedHashMap<>();
    Json.asList(Json.object(ran.output()).get("items")).stream()
        .map(Json::asObject)
        .forEach(item -> items.put(item.get("name").toString(), item));
    return items;
  }

  @Test
  void findsThatRunCanWorkWhereItDoes() {
    Ran ran = check().succeeds();
    assertThat(Json.object(ran.output()).get("canRun")).isEqualTo(true);
    for (String kind : List.of("mount", "pid", "network", "ipc", "uts", "cgroup")) {
      assertThat(items(ran).get(kind).get("standing")).as(kind).isEqualTo("yes");
    }
    assertThat(items(ran).get("a whole container").get("standing")).isEqualTo("yes");
    assertNothingLeft();
  }

  @Test
  void agreesWithTheKernelsConfiguration() {
    if (!Files.exists(Path.of("/proc/config.gz"))) {
      return;
    }
    Ran config = Command.of("zcat", "/proc/config.gz").run().succeeds();
    Optional<String> line =
        config.lines().stream().filter(text -> text.startsWith("CONFIG_PID_NS=")).findFirst();
    assertThat(items(check()).get("pid").get("detail")).isEqualTo(line.orElseThrow());
  }

  @Test
  void namesTheControllersThatAreMounted() {
    Map<String, Map<String, Object>> items = items(check());
    for (String controller : List.of("memory", "pids", "cpuset")) {
      String detail = items.get(controller).get("detail").toString();
      boolean version1 =
          Machine.mountsWith(" - cgroup ").stream()
              .anyMatch(line -> line.matches(".*[ ,]" + controller + "(,.*)?"));
      assertThat(detail).contains(version1 ? "version 1" : "");
    }
  }

  @Test
  void givesACureForWhatFails() {
    items(check())
        .values()
        .forEach(item -> {
          if (item.get("standing").equals("no")) {
            assertThat(item.get("cure").toString()).as(item.toString()).isNotEmpty();
          }
        });
  }

  @Test
  void saysThatRunCannotWorkWithoutNamespaces() {
    Machine.requireProgram("bwrap", "bubblewrap");
    // No further user namespace, no capabilities: nothing that a container is made of.
    Ran ran =
        check(
            "bwrap",
            "--unshare-user",
            "--disable-userns",
            "--uid",
            "1000",
            "--gid",
            "1000",
            "--dev-bind",
            "/",
            "/");
    if (ran.error().contains("no planner")) {
      return; // the distribution cannot be read by another user
    }
    assertThat(ran.code()).as(ran.toString()).isEqualTo(1);
    assertThat(Json.object(ran.output()).get("canRun")).isEqualTo(false);
    assertThat(items(ran).get("a whole container").get("cure").toString()).isNotEmpty();
  }

  @Test
  void printsTheVerdictFirst() {
    Ran ran = Command.of(BELLJAR, "check").env(oci().environment()).run().succeeds();
    assertThat(ran.lines().getFirst()).isEqualTo("belljar run can work for root.");
    assertThat(ran.output()).contains("CONFIG_PID_NS", "Kernel configuration");
  }
}
