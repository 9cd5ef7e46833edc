package io.belljar.spec.seccomp;

/**
 * {@code linux.seccomp.syscalls[].args[]}: a condition on an argument.
 *
 * @param index which argument, 0 to 5
 * @param value what it is compared with; unsigned. The mask, for {@code SCMP_CMP_MASKED_EQ}
 * @param valueTwo for {@code SCMP_CMP_MASKED_EQ}, what the masked argument must be; unsigned
 * @param op the comparison
 */
public record SyscallArgument(int index, long value, long valueTwo, SeccompOperator op) {}
