package io.belljar.linux.seccomp;

import java.util.Arrays;

/** What is known of a filter's registers and its scratch memory at an instruction. */
final class Registers {
  private static final int WORDS_OF_MEMORY = 16;
  static final int ACCUMULATOR = WORDS_OF_MEMORY;
  static final int INDEX = WORDS_OF_MEMORY + 1;

  /** A value of 32 bits that may not be known. */
  record Word(boolean known, int value) {
    static final Word UNKNOWN = new Word(false, 0);

    static Word of(int value) {
      return new Word(true, value);
    }
  }

  private final Word[] words;

  /**
   * All zero. The kernel's checker makes sure that memory is written before it is read, so a zero
   * that is known is a fair start.
   */
  Registers() {
    words = new Word[WORDS_OF_MEMORY + 2];
    Arrays.fill(words, Word.of(0));
  }

  Registers(Registers other) {
    words = other.words.clone();
  }

  /** Where a word of the scratch memory is. */
  static int memory(int operand) {
    return operand & (WORDS_OF_MEMORY - 1);
  }

  Word get(int register) {
    return words[register];
  }

  void set(int register, Word word) {
    words[register] = word;
  }

  /** What holds on both ways that lead here. */
  void join(Registers other) {
    for (int i = 0; i < words.length; i++) {
      if (!words[i].equals(other.words[i])) {
        words[i] = Word.UNKNOWN;
      }
    }
  }
}
