package io.belljar.linux.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a classic BPF program over {@code struct seccomp_data}, as the kernel does; for tests. */
final class ClassicBpf {
  private final ByteBuffer program;

  ClassicBpf(byte[] program) {
    this.program = ByteBuffer.wrap(program).order(ByteOrder.nativeOrder());
  }

  /** The filter's answer to a system call. */
  int run(int arch, int number, long... arguments) {
    ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
    data.putInt(0, number).putInt(4, arch);
    for (int i = 0; i < arguments.length; i++) {
      data.putLong(16 + 8 * i, arguments[i]);
    }
    return run(data);
  }

  private int run(ByteBuffer data) {
    int accumulator = 0;
    int index = 0;
    int[] scratch = new int[16];
    while (true) {
      int at = index * ClassicInstruction.SIZE;
      int code = program.getShort(at) & 0xffff;
      int jumpTrue = program.get(at + 2) & 0xff;
      int jumpFalse = program.get(at + 3) & 0xff;
      int operand = program.getInt(at + 4);
      index++;
      switch (code) {
        case 0x20 -> accumulator = data.getInt(operand);
        case 0x00 -> accumulator = operand;
        case 0x60 -> accumulator = scratch[operand];
        case 0x02 -> scratch[operand] = accumulator;
        case 0x54 -> accumulator &= operand;
        case 0x05 -> index += operand;
        case 0x15 -> index += accumulator == operand ? jumpTrue : jumpFalse;
        case 0x25 ->
            index += Integer.compareUnsigned(accumulator, operand) > 0 ? jumpTrue : jumpFalse;
        case 0x35 ->
            index += Integer.compareUnsigned(accumulator, operand) >= 0 ? jumpTrue : jumpFalse;
        case 0x45 -> index += (accumulator & operand) != 0 ? jumpTrue : jumpFalse;
        case 0x06 -> {
          return operand;
        }
        default ->
            throw new AssertionError(
                "instruction " + (index - 1) + ": code " + Integer.toHexString(code));
      }
    }
  }
}
