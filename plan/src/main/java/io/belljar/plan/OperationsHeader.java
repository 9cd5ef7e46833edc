package io.belljar.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes the launcher's side of the wire: {@code launcher/src/operations.h}.
 *
 * <p>Run it with the header's path after a change of {@link Operation}, {@link Role}, {@link Slot},
 * {@link FrameType} or {@link PlanFormat}.
 */
public final class OperationsHeader {
  private OperationsHeader() {}

  /** Writes the header to the path that is the only argument. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("usage: OperationsHeader launcher/src/operations.h");
    }
    Files.writeString(Path.of(args[0]), text());
  }

  /** The header's content. */
  static String text() {
    StringBuilder text = new StringBuilder(4096);
    text.append(
        """
        /* What the launcher can do, and the numbers of the wire.
         * Written by io.belljar.plan.OperationsHeader; a test holds it to the Java side. Do not edit. */
        #ifndef BELLJAR_OPERATIONS_H
        #define BELLJAR_OPERATIONS_H

        /* A plan: header {u32 magic, length of the whole, number of steps, offset of the data},
         * steps {u16 operation, u16 role, u32 tolerated errno, u64 arguments[8]}, data at a multiple of 8.
         * All little endian; offsets in arguments count from the start of the data. */
        """);
    define(text, "PLAN_MAGIC", "0x%08xu".formatted(PlanFormat.MAGIC));
    define(text, "PLAN_HEADER_BYTES", PlanFormat.HEADER_BYTES);
    define(text, "PLAN_STEP_BYTES", PlanFormat.STEP_BYTES);
    define(text, "PLAN_ARGUMENTS", PlanFormat.ARGUMENTS);
    define(text, "PLAN_MOST_BYTES", PlanFormat.MOST_BYTES);
    text.append("\n/* Places for descriptors. */\n");
    define(text, "SLOT_COUNT", Slot.COUNT);
    define(text, "SLOT_NONE", Slot.NONE.number());
    text.append("\n/* Who carries a step out. */\n");
    for (Role role : Role.values()) {
      define(text, "ROLE_" + role.name(), role.number());
    }
    frames(text);
    operations(text);
    return text.append("\n#endif\n").toString();
  }

  private static void frames(StringBuilder text) {
    text.append("\n/* Frames between launcher and planner: {u32 type, u32 length}, payload. */\n");
    define(text, "PROTOCOL_VERSION", FrameType.PROTOCOL_VERSION);
    for (FrameType frame : FrameType.values()) {
      define(text, "FRAME_" + frame.name(), frame.number());
    }
    text.append("/* Flag of FRAME_PLAN: after success the launcher goes its own way. */\n");
    define(text, "PLAN_LAST", FrameType.PLAN_LAST);
    text.append(
        "/* Another: the outcome's data are an exit code and the nanoseconds of each step. */\n");
    define(text, "PLAN_TIMED", FrameType.PLAN_TIMED);
  }

  private static void operations(StringBuilder text) {
    text.append("\n/* Kinds of argument:");
    for (Argument kind : Argument.values()) {
      text.append(' ').append(kind.letter()).append(' ').append(lower(kind));
    }
    text.append(".\n * X(code, NAME, name, kinds) */\n#define OPERATIONS(X)");
    for (Operation operation : Operation.values()) {
      text.append(" \\\n  X(").append(operation.code()).append(", ").append(operation.name());
      text.append(", ").append(lower(operation)).append(", \"");
      operation.arguments().forEach(kind -> text.append(kind.letter()));
      text.append("\")");
    }
    text.append('\n');
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void define(StringBuilder text, String name, Object value) {
    text.append("#define ").append(name).append(' ').append(value).append('\n');
  }
}
