package io.belljar.plan;

/** The kinds of argument that a step can have, and how each is encoded in its 64-bit field. */
public enum Argument {
  /** A signed or unsigned number, as it is. */
  NUMBER('n'),
  /** The number of a {@link Slot}; 255 stands for none. */
  SLOT('s'),
  /** The number of a {@link Role}. */
  ROLE('r'),
  /** The offset, within the plan's data, of a string that ends with a NUL. */
  TEXT('t'),
  /** Offset in the upper, length in the lower 32 bits. */
  BYTES('b'),
  /**
   * Offset (a multiple of four) of an array of 32-bit offsets of strings; count in the lower 32
   * bits.
   */
  TEXTS('v');

  private final char letter;

  Argument(char letter) {
    this.letter = letter;
  }

  /** The letter that stands for the kind in the launcher's header. */
  public char letter() {
    return letter;
  }
}
