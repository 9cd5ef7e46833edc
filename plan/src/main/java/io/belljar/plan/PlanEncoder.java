package io.belljar.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a plan in the binary form that the launcher reads, which {@link PlanFormat} describes. */
public final class PlanEncoder {
  private final Map<String, Integer> texts = new HashMap<>();
  private final ByteBuffer steps;
  private ByteBuffer data = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

  private PlanEncoder(int count) {
    long size = PlanFormat.HEADER_BYTES + (long) PlanFormat.STEP_BYTES * count;
    if (size > PlanFormat.MOST_BYTES) {
      throw new PlanTooLarge(size);
    }
    steps = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The plan's binary form.
   *
   * @throws PlanTooLarge when it would have more than 4 MiB
   * @throws InvalidPlan when a step has text that the wire can't carry: a NUL, or half a character
   */
  public static byte[] encode(Plan plan) {
    PlanEncoder encoder = new PlanEncoder(plan.steps().size());
    return encoder.encode(plan.steps());
  }

  private byte[] encode(List<PlannedStep> planned) {
    steps.position(PlanFormat.HEADER_BYTES);
    for (int i = 0; i < planned.size(); i++) {
      try {
        encode(planned.get(i));
      } catch (InvalidPlan e) {
        throw new InvalidPlan(
            "step %d (%s): %s"
                .formatted(i, planned.get(i).step().operation().name(), e.getMessage()));
      }
    }
    int size = steps.capacity() + data.position();
    steps.putInt(0, PlanFormat.MAGIC).putInt(4, size).putInt(8, planned.size());
    steps.putInt(12, steps.capacity());
    return ByteBuffer.allocate(size).put(steps.flip()).put(data.flip()).array();
  }

  private void encode(PlannedStep planned) {
    Operation operation = planned.step().operation();
    List<Object> arguments = planned.step().arguments();
    if (arguments.size() != operation.arguments().size()) {
      throw new InvalidPlan(
          "%d arguments instead of %d".formatted(arguments.size(), operation.arguments().size()));
    }
    int start = steps.position();
    steps.putShort((short) operation.code()).putShort((short) planned.role().number());
    steps.putInt(planned.tolerated());
    for (int i = 0; i < arguments.size(); i++) {
      steps.putLong(encode(operation.arguments().get(i), arguments.get(i)));
    }
    steps.position(start + PlanFormat.STEP_BYTES);
  }

  private long encode(Argument kind, Object argument) {
    return switch (kind) {
      case NUMBER -> ((Number) argument).longValue();
      case SLOT -> ((Slot) argument).number();
      case ROLE -> process((Role) argument);
      case TEXT -> text((String) argument);
      case BYTES -> bytes((Bytes) argument);
      case TEXTS -> texts((List<?>) argument);
    };
  }

  /** UNDO and END are moments in the launcher's life, no process that a step could act on. */
  private static long process(Role role) {
    if (role == Role.UNDO || role == Role.END) {
      throw new InvalidPlan(role + " is not a process");
    }
    return role.number();
  }

  /** The same text is kept once: paths and environments repeat from step to step. */
  private int text(String text) {
    Integer known = texts.get(text);
    if (known != null) {
      return known;
    }
    if (text.indexOf('\0') >= 0) {
      throw new InvalidPlan("the text \"" + text.replace("\0", "\\0") + "\" holds a NUL");
    }
    byte[] encoded = WireText.encode(text);
    room(encoded.length + 1L);
    int offset = data.position();
    data.put(encoded).put((byte) 0);
    texts.put(text, offset);
    return offset;
  }

  private long bytes(Bytes bytes) {
    // The kernel's struct sock_filter and bpf_insn want four and eight bytes of alignment.
    align(8);
    room(bytes.length());
    long offset = data.position();
    data.put(bytes.toArray());
    return offset << 32 | bytes.length();
  }

  private long texts(List<?> list) {
    if (list.size() > PlanFormat.MOST_TEXTS) {
      throw new InvalidPlan(
          "%d strings, and the launcher takes at most %d"
              .formatted(list.size(), PlanFormat.MOST_TEXTS));
    }
    List<Integer> offsets = new ArrayList<>(list.size());
    for (Object text : list) {
      offsets.add(text((String) text));
    }
    align(4);
    room(4L * offsets.size());
    long offset = data.position();
    offsets.forEach(data::putInt);
    return offset << 32 | offsets.size();
  }

  private void align(int alignment) {
    room(alignment);
    while (data.position() % alignment != 0) {
      data.put((byte) 0);
    }
  }

  private void room(long more) {
    long needed = data.position() + more;
    if (steps.capacity() + needed > PlanFormat.MOST_BYTES) {
      throw new PlanTooLarge(steps.capacity() + needed);
    }
    if (needed > data.capacity()) {
      int capacity = (int) Math.max(needed, 2L * data.capacity());
      data = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(data.flip());
    }
  }
}
