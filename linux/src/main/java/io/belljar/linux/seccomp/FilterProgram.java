package io.belljar.linux.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A seccomp filter as the kernel holds it: classic BPF over {@code struct seccomp_data}
 * (seccomp(2)). It is run with a known architecture and number of a system call, and with arguments
 * that are not known: where a decision depends on those, both branches are followed.
 *
 * <p>Jumps only go forward, so one pass in the order of the instructions sees each of them once.
 * Where ways meet, a register that differs between them is no longer known. The result can thus
 * only err on one side: what two conditions on the same argument exclude together is followed all
 * the same.
 */
public final class FilterProgram {
  private static final int NUMBER_AT = 0;
  private static final int ARCHITECTURE_AT = 4;

  private static final int CLASS = 0x07;
  private static final int LOAD = 0x00;
  private static final int LOAD_INDEX = 0x01;
  private static final int STORE = 0x02;
  private static final int STORE_INDEX = 0x03;
  private static final int ARITHMETIC = 0x04;
  private static final int JUMP = 0x05;
  private static final int RETURN = 0x06;
  private static final int FROM_INDEX = 0x08;
  private static final int MODE = 0xe0;
  private static final int IMMEDIATE = 0x00;
  private static final int ABSOLUTE = 0x20;
  private static final int MEMORY = 0x60;
  private static final int LENGTH = 0x80;
  private static final int TO_ACCUMULATOR = 0x80;
  private static final int SIZE_OF_DATA = 64;

  private final ClassicInstruction[] instructions;

  private FilterProgram(ClassicInstruction[] instructions) {
    this.instructions = instructions;
  }

  /**
   * The program of these bytes, an array of {@code struct sock_filter}.
   *
   * @throws SeccompException when they are not a whole number of instructions
   */
  public static FilterProgram of(byte[] bytes) {
    if (bytes.length % ClassicInstruction.SIZE != 0) {
      throw new SeccompException("a filter of " + bytes.length + " bytes is cut off");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    ClassicInstruction[] all = new ClassicInstruction[bytes.length / ClassicInstruction.SIZE];
    for (int i = 0; i < all.length; i++) {
      all[i] =
          new ClassicInstruction(
              Short.toUnsignedInt(buffer.getShort()),
              Byte.toUnsignedInt(buffer.get()),
              Byte.toUnsignedInt(buffer.get()),
              buffer.getInt());
    }
    return new FilterProgram(all);
  }

  /** How many instructions it has. */
  public int length() {
    return instructions.length;
  }

  /**
   * Every answer (SECCOMP_RET_*, with its data) that some arguments can get.
   *
   * @param architecture AUDIT_ARCH_*
   * @param number of the system call
   * @throws SeccompException for a program that the kernel would not have taken, or when the budget
   *     is used up
   */
  Set<Integer> answers(int architecture, int number, StepBudget budget) {
    return new Exploration(architecture, number, budget).run();
  }

  private final class Exploration {
    private final int architecture;
    private final int number;
    private final StepBudget budget;
    private final Set<Integer> answers = new LinkedHashSet<>();
    private final Registers[] before = new Registers[instructions.length];

    Exploration(int architecture, int number, StepBudget budget) {
      this.architecture = architecture;
      this.number = number;
      this.budget = budget;
    }

    Set<Integer> run() {
      arrive(0, new Registers());
      for (int at = 0; at < instructions.length; at++) {
        Optional<Registers> registers = Optional.ofNullable(before[at]);
        if (registers.isPresent()) {
          budget.step();
          step(at, registers.get());
        }
      }
      return answers;
    }

    /** Whoever hands over registers uses them no more. */
    private void arrive(int at, Registers registers) {
      if (at >= instructions.length) {
        throw new SeccompException("the filter leaves its program");
      }
      if (before[at] == null) {
        before[at] = registers;
      } else {
        before[at].join(registers);
      }
    }

    private void step(int at, Registers r) {
      ClassicInstruction i = instructions[at];
      switch (i.code() & CLASS) {
        case LOAD -> r.set(Registers.ACCUMULATOR, loaded(i, r));
        case LOAD_INDEX -> r.set(Registers.INDEX, loaded(i, r));
        case STORE -> r.set(Registers.memory(i.operand()), r.get(Registers.ACCUMULATOR));
        case STORE_INDEX -> r.set(Registers.memory(i.operand()), r.get(Registers.INDEX));
        case ARITHMETIC -> r.set(Registers.ACCUMULATOR, computed(i, r));
        case JUMP -> {
          jump(i, at + 1, r);
          return;
        }
        case RETURN -> {
          answer(i, r);
          return;
        }
        default -> transfer(i, r);
      }
      arrive(at + 1, r);
    }

    private Registers.Word loaded(ClassicInstruction i, Registers r) {
      return switch (i.code() & MODE) {
        case IMMEDIATE -> Registers.Word.of(i.operand());
        case ABSOLUTE ->
            switch (i.operand()) {
              case NUMBER_AT -> Registers.Word.of(number);
              case ARCHITECTURE_AT -> Registers.Word.of(architecture);
              default -> Registers.Word.UNKNOWN;
            };
        case MEMORY -> r.get(Registers.memory(i.operand()));
        case LENGTH -> Registers.Word.of(SIZE_OF_DATA);
        default -> throw unknown(i);
      };
    }

    private Registers.Word computed(ClassicInstruction i, Registers r) {
      Registers.Word left = r.get(Registers.ACCUMULATOR);
      Registers.Word right = operand(i, r);
      boolean negation = (i.code() & 0xf0) == 0x80;
      if (!left.known() || (!right.known() && !negation)) {
        return Registers.Word.UNKNOWN;
      }
      int a = left.value();
      int b = right.value();
      return Registers.Word.of(
          switch (i.code() & 0xf0) {
            case 0x00 -> a + b;
            case 0x10 -> a - b;
            case 0x20 -> a * b;
            case 0x30 -> b == 0 ? 0 : Integer.divideUnsigned(a, b);
            case 0x40 -> a | b;
            case 0x50 -> a & b;
            case 0x60 -> a << b;
            case 0x70 -> a >>> b;
            case 0x80 -> -a;
            case 0xa0 -> a ^ b;
            default -> throw unknown(i);
          });
    }

    private Registers.Word operand(ClassicInstruction i, Registers r) {
      return (i.code() & FROM_INDEX) != 0 ? r.get(Registers.INDEX) : Registers.Word.of(i.operand());
    }

    private void jump(ClassicInstruction i, int next, Registers r) {
      if ((i.code() & 0xf0) == 0) {
        // Unsigned: what looks like a jump back leads out of the program.
        boolean inside = Integer.compareUnsigned(i.operand(), instructions.length) < 0;
        arrive(inside ? next + i.operand() : instructions.length, r);
        return;
      }
      Registers.Word left = r.get(Registers.ACCUMULATOR);
      Registers.Word right = operand(i, r);
      if (!left.known() || !right.known()) {
        arrive(next + i.jumpTrue(), new Registers(r));
        arrive(next + i.jumpFalse(), r);
      } else {
        boolean holds = holds(i, left.value(), right.value());
        arrive(next + (holds ? i.jumpTrue() : i.jumpFalse()), r);
      }
    }

    private boolean holds(ClassicInstruction i, int left, int right) {
      return switch (i.code() & 0xf0) {
        case 0x10 -> left == right;
        case 0x20 -> Integer.compareUnsigned(left, right) > 0;
        case 0x30 -> Integer.compareUnsigned(left, right) >= 0;
        case 0x40 -> (left & right) != 0;
        default -> throw unknown(i);
      };
    }

    private void transfer(ClassicInstruction i, Registers r) {
      if ((i.code() & 0xf8) == TO_ACCUMULATOR) {
        r.set(Registers.ACCUMULATOR, r.get(Registers.INDEX));
      } else {
        r.set(Registers.INDEX, r.get(Registers.ACCUMULATOR));
      }
    }

    private void answer(ClassicInstruction i, Registers r) {
      boolean constant = (i.code() & 0x18) == 0;
      Registers.Word computed = r.get(Registers.ACCUMULATOR);
      if (!constant && !computed.known()) {
        throw new SeccompException("the filter's answer is computed from the arguments");
      }
      answers.add(constant ? i.operand() : computed.value());
    }

    private SeccompException unknown(ClassicInstruction i) {
      return new SeccompException(
          "the filter has an instruction that is none: 0x" + Integer.toHexString(i.code()));
    }
  }
}
