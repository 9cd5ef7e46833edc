package io.belljar.plan;

/**
 * The shape of a plan's binary form. All numbers are little endian.
 *
 * <pre>
 * header   u32 magic, u32 length of the whole, u32 number of steps, u32 offset of the data
 * steps    each: u16 operation, u16 role, u32 tolerated errno, u64 arguments[8]
 * data     strings (each ends with a NUL), bytes, arrays of u32 offsets; starts at a multiple of 8
 * </pre>
 *
 * Offsets in arguments count from the start of the data. {@link Argument} says how each kind is
 * encoded.
 */
final class PlanFormat {
  /** The bytes {@code BJP1}. */
  static final int MAGIC = 'B' | 'J' << 8 | 'P' << 16 | '1' << 24;

  static final int HEADER_BYTES = 16;
  static final int ARGUMENTS = 8;
  static final int STEP_BYTES = 8 + 8 * ARGUMENTS;
  static final int MOST_BYTES = 4 << 20;

  /** How many strings a list may have: the launcher has room for so many pointers. */
  static final int MOST_TEXTS = 65535;

  private PlanFormat() {}
}
