package io.belljar.linux.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An instruction of classic BPF: {@code struct sock_filter} ({@code linux/filter.h}).
 *
 * @param code class, size, mode or operation
 * @param jumpTrue how many instructions to skip when the comparison holds
 * @param jumpFalse how many to skip when it does not
 * @param operand the constant, offset or distance
 */
record ClassicInstruction(int code, int jumpTrue, int jumpFalse, int operand) {
  static final int SIZE = 8;

  static final int LOAD_WORD_ABSOLUTE = 0x20;
  static final int JUMP = 0x05;
  static final int JUMP_IF_EQUAL = 0x15;
  static final int JUMP_IF_GREATER = 0x25;
  static final int JUMP_IF_SET = 0x45;
  static final int RETURN = 0x06;

  ClassicInstruction {
    if (jumpTrue > 255 || jumpFalse > 255 || jumpTrue < 0 || jumpFalse < 0) {
      throw new SeccompException("the seccomp profile has too many architectures for one filter");
    }
  }

  static byte[] encode(List<ClassicInstruction> program) {
    ByteBuffer bytes = ByteBuffer.allocate(program.size() * SIZE).order(ByteOrder.nativeOrder());
    for (ClassicInstruction instruction : program) {
      bytes.putShort((short) instruction.code);
      bytes.put((byte) instruction.jumpTrue);
      bytes.put((byte) instruction.jumpFalse);
      bytes.putInt(instruction.operand);
    }
    return bytes.array();
  }
}
