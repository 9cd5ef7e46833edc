package io.belljar.spec.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.spec.json.JsonNode;
import io.belljar.spec.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class StateWriterTest {
  private static final Instant CREATED = Instant.parse("2026-11-23T01:18:11.596678254Z");

  private static ContainerState container(String owner) {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put("a<b", "x&y\u2028zé");
    annotations.put("k", "v");
    return new ContainerState(
        "1.3.0", "c1", 6567, Status.CREATED, "/b", "/b/rootfs", CREATED, annotations, owner);
  }

  private static JsonNode node(String text) {
    return JsonReader.readNode(text.getBytes(StandardCharsets.UTF_8), "state");
  }

  @Test
  void writesAStateAsRuncDoes() {
    assertThat(StateWriter.state(container("")))
        .isEqualTo(
            """
            {
              "ociVersion": "1.3.0",
              "id": "c1",
              "pid": 6567,
              "status": "created",
              "bundle": "/b",
              "rootfs": "/b/rootfs",
              "created": "2026-11-23T01:18:11.596678254Z",
              "annotations": {
                "a\\u003cb": "x\\u0026y\\u2028zé",
                "k": "v"
              },
              "owner": ""
            }\
            """);
  }

  @Test
  void writesAStoppedContainerWithoutAnnotations() {
    assertThat(
            StateWriter.state(
                new ContainerState(
                    "1.3.0", "c", 0, Status.STOPPED, "/b", "/r", CREATED, Map.of(), "")))
        .contains("\"pid\": 0,\n  \"status\": \"stopped\",\n")
        .doesNotContain("annotations");
  }

  @Test
  void writesAListAsRuncDoes() {
    assertThat(StateWriter.list(List.of(container("root"))))
        .isEqualTo(
            "[{\"ociVersion\":\"1.3.0\",\"id\":\"c1\",\"pid\":6567,\"status\":\"created\","
                + "\"bundle\":\"/b\",\"rootfs\":\"/b/rootfs\","
                + "\"created\":\"2026-11-23T01:18:11.596678254Z\","
                + "\"annotations\":{\"a\\u003cb\":\"x\\u0026y\\u2028zé\",\"k\":\"v\"},"
                + "\"owner\":\"root\"}]\n");
    assertThat(StateWriter.list(List.of())).isEqualTo("null\n");
  }

  @Test
  void writesWhatHooksRead() {
    State state =
        new State("1.3.0", "c", Status.CREATING, OptionalInt.of(7), "/b", Map.of("k", "v"));
    String text =
        "{\"ociVersion\":\"1.3.0\",\"id\":\"c\",\"status\":\"creating\",\"pid\":7,"
            + "\"bundle\":\"/b\",\"annotations\":{\"k\":\"v\"}}";
    assertThat(StateWriter.hookInput(state)).isEqualTo(text);
    assertThat(StateReader.read(node(text))).isEqualTo(state);
  }

  @Test
  void writesAStoppedStateWithoutPid() {
    assertThat(
            StateWriter.hookInput(
                new State("1.3.0", "c", Status.STOPPED, OptionalInt.empty(), "/b", Map.of())))
        .isEqualTo(
            "{\"ociVersion\":\"1.3.0\",\"id\":\"c\",\"status\":\"stopped\",\"bundle\":\"/b\"}");
  }

  @Test
  void writesWhatASeccompAgentReads() {
    State state = new State("1.3.0", "c", Status.CREATING, OptionalInt.of(7), "/b", Map.of());
    assertThat(
            StateWriter.processState(
                new ContainerProcessState(
                    "1.3.0",
                    List.of(ContainerProcessState.SECCOMP_FD),
                    7,
                    Optional.of("m"),
                    state)))
        .isEqualTo(
            "{\"ociVersion\":\"1.3.0\",\"fds\":[\"seccompFd\"],\"pid\":7,\"metadata\":\"m\","
                + "\"state\":"
                + StateWriter.hookInput(state)
                + "}");
  }

  @Test
  void writesTimesAsGoDoes() {
    assertThat(StateWriter.timestamp(Instant.parse("2026-11-23T01:18:11.100Z")))
        .isEqualTo("2026-11-23T01:18:11.1Z");
    assertThat(StateWriter.timestamp(Instant.parse("2026-11-23T01:18:11.000000010Z")))
        .isEqualTo("2026-11-23T01:18:11.00000001Z");
    assertThat(StateWriter.timestamp(Instant.parse("2026-11-23T01:18:00Z")))
        .isEqualTo("2026-11-23T01:18:00Z");
  }

  @Test
  void readsAContainerBack() {
    ContainerState state = container("root");
    assertThat(StateReader.readContainerState(node(StateWriter.state(state)))).isEqualTo(state);
  }

  @Test
  void readsTimesWithAnOffset() {
    assertThat(StateReader.timestamp(node("\"2026-11-23T02:18:11.5+01:00\"")))
        .isEqualTo(Instant.parse("2026-11-23T01:18:11.5Z"));
    assertThatThrownBy(() -> StateReader.timestamp(node("\"yesterday\"")))
        .hasMessage("state: \"yesterday\" is not a time, as 2026-11-23T01:18:11.5966Z");
  }

  @Test
  void refusesAnUnknownStatus() {
    assertThatThrownBy(() ->
            StateReader.read(node("{\"ociVersion\":\"1.0.0\",\"id\":\"c\",\"status\":\"dead\"}")))
        .hasMessage(
            "state: status: \"dead\" is not a container status"
                + " (creating, created, running, paused, stopped)");
  }
}
