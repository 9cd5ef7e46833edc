package io.belljar.linux.seccomp;

/**
 * A condition on one argument of a system call.
 *
 * @param index which argument, 0 to 5
 * @param value what it is compared with; for MASKED_EQ the mask. An unsigned 64-bit number
 * @param valueTwo for MASKED_EQ what the masked argument must be; otherwise without meaning
 */
public record ArgumentCondition(int index, long value, long valueTwo, Comparison comparison) {
  /** The kernel hands six arguments to a filter. */
  static final int MAX_ARGUMENTS = 6;

  /** Checks the index. */
  public ArgumentCondition {
    if (index < 0 || index >= MAX_ARGUMENTS) {
      throw new SeccompException(
          "argument index "
              + index
              + " in the seccomp profile: system calls have arguments 0 to 5");
    }
  }
}
