package io.belljar.linux.cgroup;

import static io.belljar.linux.cgroup.DeviceListTest.list;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Runs the programs in an interpreter of the instructions that they are made of. */
class DeviceFilterTest {
  private static final int BLOCK = 1;
  private static final int CHARACTER = 2;
  private static final int MKNOD = 1;
  private static final int READ = 2;
  private static final int WRITE = 4;

  @Test
  void deniesByDefault() {
    byte[] program = DeviceFilter.compile(list());
    assertThat(run(program, CHARACTER, READ, 1, 3)).isZero();
  }

  @Test
  void allowsExactlyTheDevicesOfTheRules() {
    byte[] program = DeviceFilter.compile(list("allow c 1:3 rwm", "allow b 8:* r"));
    assertThat(run(program, CHARACTER, READ | WRITE, 1, 3)).isOne();
    assertThat(run(program, CHARACTER, READ, 1, 5)).isZero();
    assertThat(run(program, CHARACTER, READ, 2, 3)).isZero();
    assertThat(run(program, BLOCK, READ, 1, 3)).isZero();
    assertThat(run(program, BLOCK, READ, 8, 77)).isOne();
    assertThat(run(program, BLOCK, READ, 9, 77)).isZero();
  }

  @Test
  void wantsOneRuleToAllowEveryAccessAskedFor() {
    byte[] program = DeviceFilter.compile(list("allow c *:* m", "allow c 1:3 r"));
    assertThat(run(program, CHARACTER, MKNOD, 10, 200)).isOne();
    assertThat(run(program, CHARACTER, READ, 1, 3)).isOne();
    assertThat(run(program, CHARACTER, WRITE, 1, 3)).isZero();
    assertThat(run(program, CHARACTER, READ | WRITE, 1, 3)).isZero();
  }

  @Test
  void deniesAnAccessThatIsPartlyDenied() {
    byte[] program = DeviceFilter.compile(list("allow a *:* rwm", "deny b 8:0 w"));
    assertThat(run(program, BLOCK, WRITE, 8, 0)).isZero();
    assertThat(run(program, BLOCK, READ | WRITE, 8, 0)).isZero();
    assertThat(run(program, BLOCK, READ, 8, 0)).isOne();
    assertThat(run(program, CHARACTER, WRITE, 8, 0)).isOne();
  }

  @Test
  void comparesLargeMinorNumbers() {
    byte[] program = DeviceFilter.compile(list("allow c 4095:1048575 r"));
    assertThat(run(program, CHARACTER, READ, 4095, 1048575)).isOne();
    assertThat(run(program, CHARACTER, READ, 4095, 1048574)).isZero();
  }

  private static long run(byte[] bytes, int type, int access, int major, int minor) {
    int[] context = {access << 16 | type, major, minor};
    long[] registers = new long[6];
    ByteBuffer program = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    int index = 0;
    while (true) {
      int at = index * DeviceFilter.INSTRUCTION_SIZE;
      int destination = program.get(at + 1) & 0x0f;
      int source = program.get(at + 1) >> 4 & 0x0f;
      int offset = program.getShort(at + 2);
      int immediate = program.getInt(at + 4);
      index++;
      switch (program.get(at) & 0xff) {
        case 0x61 -> registers[destination] = Integer.toUnsignedLong(context[offset / 4]);
        case 0x54 -> registers[destination] = registers[destination] & immediate & 0xffffffffL;
        case 0x74 -> registers[destination] = (registers[destination] & 0xffffffffL) >>> immediate;
        case 0xbc -> registers[destination] = registers[source] & 0xffffffffL;
        case 0xb7 -> registers[destination] = immediate;
        case 0x55 -> index += registers[destination] != immediate ? offset : 0;
        case 0x15 -> index += registers[destination] == immediate ? offset : 0;
        case 0x5d -> index += registers[destination] != registers[source] ? offset : 0;
        case 0x95 -> {
          return registers[0];
        }
        default -> throw new AssertionError("unknown instruction at " + (index - 1));
      }
    }
  }
}
