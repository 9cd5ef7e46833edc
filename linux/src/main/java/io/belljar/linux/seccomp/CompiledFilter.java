package io.belljar.linux.seccomp;

import java.util.List;

/** A seccomp filter, ready for seccomp(2) SECCOMP_SET_MODE_FILTER. */
public final class CompiledFilter {
  /** The size of an instruction, {@code struct sock_filter}, in bytes. */
  public static final int INSTRUCTION_SIZE = ClassicInstruction.SIZE;

  private final byte[] program;
  private final long flags;
  private final List<String> unknownSyscalls;

  CompiledFilter(byte[] program, long flags, List<String> unknownSyscalls) {
    this.program = program.clone();
    this.flags = flags;
    this.unknownSyscalls = List.copyOf(unknownSyscalls);
  }

  /** The program: classic BPF, an array of {@code struct sock_filter} in the machine's order. */
  public byte[] program() {
    return program.clone();
  }

  /** How many instructions it has: {@code struct sock_fprog.len}. */
  public int instructions() {
    return program.length / INSTRUCTION_SIZE;
  }

  /** The flags for seccomp(2): SECCOMP_FILTER_FLAG_*, see {@link SeccompFlags}. */
  public long flags() {
    return flags;
  }

  /** Whether seccomp(2) returns a descriptor for notifications. */
  public boolean notifies() {
    return (flags & SeccompFlags.SECCOMP_FILTER_FLAG_NEW_LISTENER) != 0;
  }

  /** Names that libseccomp does not know; their rules were left out, as runc does. */
  public List<String> unknownSyscalls() {
    return unknownSyscalls;
  }
}
