package io.belljar.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a plan's binary form as strictly as the launcher does: for tests, and for the corpus of the
 * launcher's fuzz test.
 */
public final class PlanDecoder {
  /**
   * A step as it was on the wire.
   *
   * @param arguments as {@link io.belljar.plan.step.Step#arguments()}: numbers are Long, the names
   *     of slots are lost
   */
  public record DecodedStep(Role role, Operation operation, int tolerated, List<Object> arguments) {
    public DecodedStep {
      arguments = List.copyOf(arguments);
    }
  }

  private final ByteBuffer plan;
  private final ByteBuffer data;

  private PlanDecoder(ByteBuffer plan, ByteBuffer data) {
    this.plan = plan;
    this.data = data;
  }

  /**
   * The steps of an encoded plan.
   *
   * @throws InvalidPlan when the bytes are not the binary form of a plan
   */
  public static List<DecodedStep> decode(byte[] bytes) {
    ByteBuffer plan = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    check(
        bytes.length >= PlanFormat.HEADER_BYTES
            && bytes.length <= PlanFormat.MOST_BYTES
            && plan.getInt(4) == bytes.length,
        "wrong length");
    check(plan.getInt(0) == PlanFormat.MAGIC, "not a plan, or of another version");
    long count = Integer.toUnsignedLong(plan.getInt(8));
    long start = Integer.toUnsignedLong(plan.getInt(12));
    long end = PlanFormat.HEADER_BYTES + count * PlanFormat.STEP_BYTES;
    check(start % 8 == 0 && start <= bytes.length && end <= start, "its parts overlap");
    ByteBuffer data = plan.slice((int) start, bytes.length - (int) start);
    PlanDecoder decoder = new PlanDecoder(plan, data.order(ByteOrder.LITTLE_ENDIAN));
    List<DecodedStep> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      steps.add(decoder.step(PlanFormat.HEADER_BYTES + i * PlanFormat.STEP_BYTES));
    }
    return List.copyOf(steps);
  }

  private DecodedStep step(int at) {
    int code = Short.toUnsignedInt(plan.getShort(at));
    int number = Short.toUnsignedInt(plan.getShort(at + 2));
    Operation operation =
        Arrays.stream(Operation.values())
            .filter(candidate -> candidate.code() == code)
            .findFirst()
            .orElseThrow(() -> new InvalidPlan("unknown operation " + code));
    Role role = role(number).orElseThrow(() -> new InvalidPlan("unknown role " + number));
    List<Object> arguments = new ArrayList<>();
    for (int i = 0; i < PlanFormat.ARGUMENTS; i++) {
      long argument = plan.getLong(at + 8 + 8 * i);
      if (i < operation.arguments().size()) {
        arguments.add(argument(operation.arguments().get(i), argument));
      } else {
        check(argument == 0, "an argument too many");
      }
    }
    return new DecodedStep(role, operation, plan.getInt(at + 4), arguments);
  }

  private static Optional<Role> role(long number) {
    return Arrays.stream(Role.values()).filter(role -> role.number() == number).findFirst();
  }

  private Object argument(Argument kind, long argument) {
    return switch (kind) {
      case NUMBER -> argument;
      case SLOT -> slot(argument);
      case ROLE ->
          role(argument)
              .filter(role -> role != Role.UNDO && role != Role.END)
              .orElseThrow(() -> new InvalidPlan("unknown process " + argument));
      case TEXT -> text(argument);
      case BYTES -> bytes(argument >>> 32, argument & 0xFFFFFFFFL);
      case TEXTS -> texts(argument >>> 32, argument & 0xFFFFFFFFL);
    };
  }

  private static Slot slot(long number) {
    if (number == Slot.NONE.number()) {
      return Slot.NONE;
    }
    check(number >= 0 && number < Slot.COUNT, "unknown slot");
    return new Slot((int) number, "slot " + number);
  }

  private String text(long offset) {
    check(offset >= 0 && offset < data.capacity(), "a text outside the data");
    int end = (int) offset;
    while (end < data.capacity() && data.get(end) != 0) {
      end++;
    }
    check(end < data.capacity(), "a text without an end");
    byte[] text = new byte[end - (int) offset];
    data.get((int) offset, text);
    return WireText.decode(text);
  }

  private Bytes bytes(long offset, long length) {
    check(offset % 8 == 0 && offset + length <= data.capacity(), "bytes outside the data");
    byte[] bytes = new byte[(int) length];
    data.get((int) offset, bytes);
    return Bytes.of(bytes);
  }

  private List<String> texts(long offset, long count) {
    check(
        offset % 4 == 0 && count <= PlanFormat.MOST_TEXTS && offset + 4 * count <= data.capacity(),
        "a list of texts outside the data");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(text(Integer.toUnsignedLong(data.getInt((int) offset + 4 * i))));
    }
    return List.copyOf(texts);
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new InvalidPlan(message);
    }
  }
}
