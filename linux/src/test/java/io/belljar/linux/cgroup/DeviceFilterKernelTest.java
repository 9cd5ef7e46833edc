package io.belljar.linux.cgroup;

import static io.belljar.linux.cgroup.DeviceListTest.list;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.linux.Errno;
import io.belljar.linux.Machine;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The verifier of the running kernel accepts the programs. Needs root (CAP_BPF). */
@Tag("integration")
class DeviceFilterKernelTest {
  private static final int BPF_PROG_LOAD = 5;
  private static final int BPF_PROG_TYPE_CGROUP_DEVICE = 15;

  @Test
  void passesTheVerifierOfTheKernel() throws Throwable {
    load(DeviceFilter.compile(list()));
    load(DeviceFilter.compile(list("allow a *:* rwm", "deny b 8:0 w", "deny c *:1 rm")));
    load(
        DeviceFilter.compile(
            list("allow c *:* m", "allow b *:* m", "allow c 1:3 rwm", "allow c 136:* rw")));
  }

  @SuppressWarnings("restricted")
  private static void load(byte[] program) throws Throwable {
    Linker linker = Linker.nativeLinker();
    MethodHandle syscall =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ValueLayout.ADDRESS, JAVA_LONG),
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno"));
    MethodHandle close =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("close"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment instructions = arena.allocateFrom(JAVA_LONG, new long[program.length / 8]);
      MemorySegment.copy(program, 0, instructions, JAVA_BYTE, 0, program.length);
      MemorySegment log = arena.allocate(64 << 10);
      MemorySegment attr = arena.allocate(128, 8); // union bpf_attr
      attr.set(JAVA_INT, 0, BPF_PROG_TYPE_CGROUP_DEVICE);
      attr.set(JAVA_INT, 4, program.length / DeviceFilter.INSTRUCTION_SIZE);
      attr.set(JAVA_LONG, 8, instructions.address());
      attr.set(JAVA_LONG, 16, arena.allocateFrom(DeviceFilter.LICENSE).address());
      attr.set(JAVA_INT, 24, 1);
      attr.set(JAVA_INT, 28, (int) log.byteSize());
      attr.set(JAVA_LONG, 32, log.address());
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      long number = Machine.current() == Machine.X86_64 ? 321 : 280;
      long result =
          (long) syscall.invokeExact(state, number, (long) BPF_PROG_LOAD, attr, attr.byteSize());
      int errno = state.get(JAVA_INT, 0);
      assumeTrue(
          result >= 0 || errno != Errno.EPERM.number(), "root is needed to load a BPF program");
      assertThat(result).as(Errno.describe(errno) + "\n" + log.getString(0)).isPositive();
      int closed = (int) close.invokeExact((int) result);
      assertThat(closed).isZero();
    }
  }
}
