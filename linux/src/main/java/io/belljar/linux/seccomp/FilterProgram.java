package io.belljar.linux.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A seccomp filter as the kernel holds it: classic BPF over {@code struct seccomp_data}
 * (seccomp(2)). It is run with a known architecture and number of a system call, and with arguments
 * that are not known: where a decision depends on those, both branches are followed.
 *
 * <p>The result can only err on one side: what two conditions on the same argument exclude together
 * is followed all the same.
 */
public final class FilterProgram {
  private static final int NUMBER_AT = 0;
  private static final int ARCHITECTURE_AT = 4;

  /** Enough for a full program of 4096 instructions, visited with many values. */
  private static final int MOST_STATES = 1 << 17;

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
  private static final int WORDS_OF_MEMORY = 16;

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
   * @throws SeccompException for a program that the kernel would not have taken
   */
  public Set<Integer> answers(int architecture, int number) {
    return new Exploration(architecture, number).run();
  }

  /**
   * A value of 32 bits that may not be known. The kernel's checker makes sure that memory is
   * written before it is read, so a zero that is known is a fair start.
   */
  private record Word(boolean known, int value) {
    static final Word UNKNOWN = new Word(false, 0);
    static final Word ZERO = new Word(true, 0);
  }

  private record State(int at, Word accumulator, Word index, List<Word> memory) {}

  private final class Exploration {
    private final int architecture;
    private final int number;
    private final Set<Integer> answers = new LinkedHashSet<>();
    private final Set<State> seen = new HashSet<>();
    private final ArrayDeque<State> open = new ArrayDeque<>();

    Exploration(int architecture, int number) {
      this.architecture = architecture;
      this.number = number;
    }

    Set<Integer> run() {
      add(new State(0, Word.ZERO, Word.ZERO, Collections.nCopies(WORDS_OF_MEMORY, Word.ZERO)));
      while (!open.isEmpty()) {
        step(open.pop());
      }
      return answers;
    }

    private void add(State state) {
      if (state.at < 0 || state.at >= instructions.length) {
        throw new SeccompException("the filter leaves its program");
      }
      if (seen.size() > MOST_STATES) {
        throw new SeccompException("the filter is too complicated to be followed");
      }
      if (seen.add(state)) {
        open.push(state);
      }
    }

    private void step(State s) {
      ClassicInstruction i = instructions[s.at];
      int next = s.at + 1;
      switch (i.code() & CLASS) {
        case LOAD -> add(new State(next, loaded(i, s), s.index, s.memory));
        case LOAD_INDEX -> add(new State(next, s.accumulator, loaded(i, s), s.memory));
        case STORE ->
            add(new State(next, s.accumulator, s.index, stored(s.memory, i, s.accumulator)));
        case STORE_INDEX ->
            add(new State(next, s.accumulator, s.index, stored(s.memory, i, s.index)));
        case ARITHMETIC -> add(new State(next, computed(i, s), s.index, s.memory));
        case JUMP -> jump(i, s);
        case RETURN -> answer(i, s);
        default -> transfer(i, s);
      }
    }

    private List<Word> stored(List<Word> memory, ClassicInstruction i, Word word) {
      List<Word> changed = new ArrayList<>(memory);
      changed.set(i.operand() & (WORDS_OF_MEMORY - 1), word);
      return List.copyOf(changed);
    }

    private Word loaded(ClassicInstruction i, State s) {
      return switch (i.code() & MODE) {
        case IMMEDIATE -> new Word(true, i.operand());
        case ABSOLUTE ->
            switch (i.operand()) {
              case NUMBER_AT -> new Word(true, number);
              case ARCHITECTURE_AT -> new Word(true, architecture);
              default -> Word.UNKNOWN;
            };
        case MEMORY -> s.memory.get(i.operand() & (WORDS_OF_MEMORY - 1));
        case LENGTH -> new Word(true, SIZE_OF_DATA);
        default -> throw unknown(i);
      };
    }

    private Word computed(ClassicInstruction i, State s) {
      Word right = operand(i, s);
      boolean negation = (i.code() & 0xf0) == 0x80;
      if (!s.accumulator.known || (!right.known && !negation)) {
        return Word.UNKNOWN;
      }
      int a = s.accumulator.value;
      int b = right.value;
      return new Word(
          true,
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

    private Word operand(ClassicInstruction i, State s) {
      return (i.code() & FROM_INDEX) != 0 ? s.index : new Word(true, i.operand());
    }

    private void jump(ClassicInstruction i, State s) {
      int next = s.at + 1;
      if ((i.code() & 0xf0) == 0) {
        add(new State(next + i.operand(), s.accumulator, s.index, s.memory));
        return;
      }
      Word right = operand(i, s);
      boolean undecided = !s.accumulator.known || !right.known;
      boolean holds = !undecided && holds(i, s.accumulator.value, right.value);
      if (undecided || holds) {
        add(new State(next + i.jumpTrue(), s.accumulator, s.index, s.memory));
      }
      if (undecided || !holds) {
        add(new State(next + i.jumpFalse(), s.accumulator, s.index, s.memory));
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

    private void transfer(ClassicInstruction i, State s) {
      boolean toAccumulator = (i.code() & 0xf8) == TO_ACCUMULATOR;
      add(
          new State(
              s.at + 1,
              toAccumulator ? s.index : s.accumulator,
              toAccumulator ? s.index : s.accumulator,
              s.memory));
    }

    private void answer(ClassicInstruction i, State s) {
      boolean constant = (i.code() & 0x18) == 0;
      if (!constant && !s.accumulator.known) {
        throw new SeccompException("the filter's answer is computed from the arguments");
      }
      answers.add(constant ? i.operand() : s.accumulator.value);
    }

    private SeccompException unknown(ClassicInstruction i) {
      return new SeccompException(
          "the filter has an instruction that is none: 0x" + Integer.toHexString(i.code()));
    }
  }
}
