package io.belljar.runtime.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a filter as the kernel does: classic BPF over struct seccomp_data (bpf(2), seccomp(2)). */
final class FilterMachine {
  static final int X86_64 = 0xc000003e;
  static final int I386 = 0x40000003;
  static final int ALLOW = 0x7fff0000;
  private static final int ERRNO = 0x00050000;

  private final ByteBuffer program;

  FilterMachine(CallFilter filter) {
    this.program = ByteBuffer.wrap(filter.program().toArray()).order(ByteOrder.nativeOrder());
  }

  static int errno(int number) {
    return ERRNO | number;
  }

  /** What the filter answers: SECCOMP_RET_*. */
  int answer(int architecture, int number, long... arguments) {
    ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
    data.putInt(number).putInt(architecture).putLong(0);
    for (long argument : arguments) {
      data.putLong(argument);
    }
    int accumulator = 0;
    for (int at = 0; ; at++) {
      int code = Short.toUnsignedInt(program.getShort(at * 8));
      int ifTrue = Byte.toUnsignedInt(program.get(at * 8 + 2));
      int ifFalse = Byte.toUnsignedInt(program.get(at * 8 + 3));
      int operand = program.getInt(at * 8 + 4);
      switch (code) {
        case 0x20 -> accumulator = data.getInt(operand);
        case 0x54 -> accumulator &= operand;
        case 0x05 -> at += operand;
        case 0x15 -> at += accumulator == operand ? ifTrue : ifFalse;
        case 0x25 -> at += Integer.compareUnsigned(accumulator, operand) > 0 ? ifTrue : ifFalse;
        case 0x35 -> at += Integer.compareUnsigned(accumulator, operand) >= 0 ? ifTrue : ifFalse;
        case 0x45 -> at += (accumulator & operand) != 0 ? ifTrue : ifFalse;
        case 0x06 -> {
          return operand;
        }
        default -> throw new IllegalStateException("instruction 0x" + Integer.toHexString(code));
      }
    }
  }
}
