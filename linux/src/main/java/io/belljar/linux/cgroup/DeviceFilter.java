package io.belljar.linux.cgroup;

import io.belljar.linux.cgroup.DeviceRule.Access;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the eBPF program that stands for the devices controller in cgroup v2: type
 * BPF_PROG_TYPE_CGROUP_DEVICE, attached with BPF_CGROUP_DEVICE ({@code linux/bpf.h}, bpf(2)).
 *
 * <p>The kernel runs it at each access with R1 pointing to {@code struct bpf_cgroup_dev_ctx {u32
 * access_type; u32 major; u32 minor;}}, where {@code access_type} is {@code BPF_DEVCG_ACC_* << 16 |
 * BPF_DEVCG_DEV_*}; R0 is 1 to allow the access, 0 to refuse it (EPERM).
 */
public final class DeviceFilter {
  /** The licence to give with the program to bpf(2); it calls no kernel function that wants GPL. */
  public static final String LICENSE = "Apache-2.0";

  /** The size of an instruction, {@code struct bpf_insn}, in bytes. */
  public static final int INSTRUCTION_SIZE = 8;

  private static final int DEV_BLOCK = 1;
  private static final int DEV_CHAR = 2;

  // Operation codes: class | operation | source (linux/bpf_common.h, linux/bpf.h).
  private static final int LDX_MEM_W = 0x61;
  private static final int ALU32_AND_K = 0x54;
  private static final int ALU32_RSH_K = 0x74;
  private static final int ALU32_MOV_X = 0xbc;
  private static final int ALU64_MOV_K = 0xb7;
  private static final int JMP_JNE_K = 0x55;
  private static final int JMP_JNE_X = 0x5d;
  private static final int JMP_JEQ_K = 0x15;
  private static final int EXIT = 0x95;

  private final List<Instruction> program = new ArrayList<>();

  private record Instruction(int code, int destination, int source, int offset, int immediate) {
    Instruction jumpingOver(int count) {
      return new Instruction(code, destination, source, count, immediate);
    }
  }

  private DeviceFilter() {}

  /** The instructions, in this machine's byte order, {@link #INSTRUCTION_SIZE} bytes each. */
  public static byte[] compile(DeviceList devices) {
    DeviceFilter filter = new DeviceFilter();
    filter.loadContext();
    for (DeviceRule exception : devices.exceptions()) {
      filter.append(exception);
    }
    filter.verdict(devices.defaultAllow());
    return filter.encode();
  }

  /** R2 = type, R3 = access, R4 = major, R5 = minor. */
  private void loadContext() {
    emit(LDX_MEM_W, 2, 1, 0, 0);
    emit(ALU32_AND_K, 2, 0, 0, 0xffff);
    emit(LDX_MEM_W, 3, 1, 0, 0);
    emit(ALU32_RSH_K, 3, 0, 0, 16);
    emit(LDX_MEM_W, 4, 1, 4, 0);
    emit(LDX_MEM_W, 5, 1, 8, 0);
  }

  /** One exception: compare and jump to the next one, or answer. */
  private void append(DeviceRule rule) {
    List<Instruction> block = new ArrayList<>();
    int type = rule.type() == DeviceRule.Type.BLOCK ? DEV_BLOCK : DEV_CHAR;
    block.add(new Instruction(JMP_JNE_K, 2, 0, 0, type));
    int access = Access.bits(rule.access());
    if (rule.access().size() < Access.values().length) {
      block.add(new Instruction(ALU32_MOV_X, 1, 3, 0, 0));
      block.add(new Instruction(ALU32_AND_K, 1, 0, 0, access));
      // Allowed only if this one exception covers every access that is asked for; denied if it
      // covers any of them: opening for reading and writing is one access of two.
      block.add(
          rule.allow()
              ? new Instruction(JMP_JNE_X, 1, 3, 0, 0)
              : new Instruction(JMP_JEQ_K, 1, 0, 0, 0));
    }
    rule.major().ifPresent(n -> block.add(new Instruction(JMP_JNE_K, 4, 0, 0, n)));
    rule.minor().ifPresent(n -> block.add(new Instruction(JMP_JNE_K, 5, 0, 0, n)));
    // Behind the comparisons stand the two instructions of the verdict; jumps go behind them.
    int end = block.size() + 2;
    for (int i = 0; i < block.size(); i++) {
      Instruction instruction = block.get(i);
      boolean jump = (instruction.code & 0x07) == 0x05;
      program.add(jump ? instruction.jumpingOver(end - i - 1) : instruction);
    }
    verdict(rule.allow());
  }

  private void verdict(boolean allow) {
    emit(ALU64_MOV_K, 0, 0, 0, allow ? 1 : 0);
    emit(EXIT, 0, 0, 0, 0);
  }

  private void emit(int code, int destination, int source, int offset, int immediate) {
    program.add(new Instruction(code, destination, source, offset, immediate));
  }

  private byte[] encode() {
    ByteBuffer bytes =
        ByteBuffer.allocate(program.size() * INSTRUCTION_SIZE).order(ByteOrder.nativeOrder());
    for (Instruction instruction : program) {
      // Both machines are little-endian, so the destination is in the low half of the byte.
      bytes.put((byte) instruction.code);
      bytes.put((byte) ((instruction.source << 4) | instruction.destination));
      bytes.putShort((short) instruction.offset);
      bytes.putInt(instruction.immediate);
    }
    return bytes.array();
  }
}
