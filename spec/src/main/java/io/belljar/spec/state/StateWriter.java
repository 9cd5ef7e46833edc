package io.belljar.spec.state;

import io.belljar.spec.json.JsonArray;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonWriter;
import java.time.Instant;
import java.util.List;

/** Writes states exactly as runc does: engines compare and parse them. */
public final class StateWriter {
  private StateWriter() {}

  /** What a hook reads: one line without a line feed. */
  public static String hookInput(State state) {
    return JsonWriter.write(toJson(state), JsonWriter.Layout.COMPACT);
  }

  /** What {@code state} prints: indented by two spaces, without a line feed at its end. */
  public static String state(ContainerState state) {
    return JsonWriter.write(toJson(state), JsonWriter.Layout.TWO_SPACES);
  }

  /** What {@code list --format json} prints: one line with its line feed. */
  public static String list(List<ContainerState> states) {
    // Go writes a list that was never filled as null, and programs that read runc expect it.
    return states.isEmpty()
        ? "null\n"
        : JsonWriter.write(JsonArray.of(states, StateWriter::toJson), JsonWriter.Layout.COMPACT)
            + "\n";
  }

  /** What a seccomp agent reads: one line without a line feed. */
  public static String processState(ContainerProcessState process) {
    return JsonWriter.write(
        JsonObject.builder()
            .put("ociVersion", process.ociVersion())
            .putStrings("fds", process.fds())
            .put("pid", process.pid())
            .putText("metadata", process.metadata())
            .put("state", toJson(process.state()))
            .build(),
        JsonWriter.Layout.COMPACT);
  }

  /** A state of the specification as JSON. */
  public static JsonObject toJson(State state) {
    return JsonObject.builder()
        .put("ociVersion", state.ociVersion())
        .put("id", state.id())
        .put("status", state.status().word())
        .putNumber("pid", state.pid())
        .put("bundle", state.bundle())
        .putStrings("annotations", state.annotations())
        .build();
  }

  /** A state of runc's as JSON. */
  public static JsonObject toJson(ContainerState state) {
    return JsonObject.builder()
        .put("ociVersion", state.ociVersion())
        .put("id", state.id())
        .put("pid", state.pid())
        .put("status", state.status().word())
        .put("bundle", state.bundle())
        .put("rootfs", state.rootfs())
        .put("created", timestamp(state.created()))
        .putStrings("annotations", state.annotations())
        .put("owner", state.owner())
        .build();
  }

  /**
   * An instant as Go's {@code time.RFC3339Nano} has it: {@code 2026-11-23T01:18:11.5966Z}, with no
   * more digits than it needs ({@link Instant#toString} pads them to threes).
   */
  public static String timestamp(Instant instant) {
    String text = instant.toString();
    int point = text.indexOf('.');
    if (point < 0) {
      return text;
    }
    int end = text.length() - 1;
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, end) + "Z";
  }
}
