package io.belljar.planner.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.plan.Plan;
import io.belljar.plan.PlanEncoder;
import io.belljar.plan.Role;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.ProcessStep;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans and frames that no planner sends: one line, exit status 1, and nothing is carried out. */
@Tag("integration")
@Timeout(60)
class MalformedPlansTest {
  private static final int HEADER = 16;
  private static final int STEP = 72;

  @TempDir private Path directory;

  private byte[] valid() {
    return PlanEncoder.encode(
        Plan.builder()
            .add(new FileStep.MakeDirectory(directory.resolve("made").toString(), 0755), "a test")
            .add(new IdentityStep.FindProgram(List.of("x", "y")), "a test")
            .add(new FileStep.Write("x", new byte[8]), "a test")
            .add(new FileStep.Close(Slot.NONE), "a test")
            .add(new ProcessStep.Notify(Role.INIT), "a test")
            .last()
            .build());
  }

  private byte[] changed(Consumer<ByteBuffer> change) {
    byte[] plan = valid();
    change.accept(ByteBuffer.wrap(plan).order(ByteOrder.LITTLE_ENDIAN));
    return plan;
  }

  private void isRefused(byte[] plan, String reason) throws Exception {
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      launcher.send(RealLauncher.plan(true, plan));
      assertThat(launcher.status()).isEqualTo(1);
      assertThat(launcher.error())
          .isEqualTo("belljar: the planner sent a plan that is malformed: " + reason + "\n");
      assertThat(launcher.output()).isEmpty();
    }
    assertThat(directory.resolve("made")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 7, 'not a plan, or of another version'",
    "4, 7, wrong length",
    "4, -1, wrong length",
    "8, 1000, its parts overlap",
    "8, -1, its parts overlap",
    "12, 17, its parts overlap",
    "12, 0, its parts overlap",
    "12, -8, its parts overlap",
    // The first step's operation and role, and its path.
    "16, 199, unknown operation",
    "16, 200, unknown operation",
    "16, 65535, unknown operation",
    "16, 262157, unknown role",
    "24, 100000, an argument outside its bounds",
    "24, -1, an argument outside its bounds",
    // An argument of MakeDirectory beyond its two.
    "40, 1, an argument too many",
  })
  void headerAndFirstStepAreChecked(int offset, int value, String reason) throws Exception {
    isRefused(changed(plan -> plan.putInt(offset, value)), reason);
  }

  @ParameterizedTest
  @CsvSource({
    // FindProgram's texts: offset << 32 | count.
    "1, 0, 65536",
    "1, 0, 4294967295",
    "1, 0, 17179803647",
    "1, 0, 4294967297",
    "1, 0, -1",
    // Write's bytes: not aligned, too long, too far.
    "2, 1, 4294967296",
    "2, 1, 4294967295",
    "2, 1, -8",
    // Close's slot: 62 is the last.
    "3, 0, 63",
    "3, 0, 256",
    // Notify's role: a process.
    "4, 0, 4",
    "4, 0, 254",
    "4, 0, -1",
  })
  void argumentsAreChecked(int step, int argument, long value) throws Exception {
    int offset = HEADER + STEP * step + 8 + 8 * argument;
    isRefused(changed(p -> p.putLong(offset, value)), "an argument outside its bounds");
  }

  @Test
  void textWithoutEndIsRefused() throws Exception {
    byte[] plan =
        PlanEncoder.encode(
            Plan.builder().add(new ProcessStep.Print(1, "the end"), "a test").build());
    ByteBuffer buffer = ByteBuffer.wrap(plan).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = buffer.getInt(12); i < plan.length; i++) {
      plan[i] = 'x';
    }
    isRefused(plan, "an argument outside its bounds");
  }

  /** Checking must not take time in proportion to the product of steps and text. */
  @Test
  @Timeout(10)
  void manyStepsWithOneLongTextAreCheckedQuickly() throws Exception {
    int steps = 20_000;
    int data = HEADER + steps * STEP;
    ByteBuffer plan = ByteBuffer.allocate(4 << 20).order(ByteOrder.LITTLE_ENDIAN);
    plan.putInt('B' | 'J' << 8 | 'P' << 16 | '1' << 24);
    plan.putInt(plan.capacity()).putInt(steps).putInt(data);
    for (int i = 0; i < steps; i++) {
      plan.putShort(HEADER + i * STEP, (short) (i == steps - 1 ? 999 : 86));
    }
    for (int i = data; i < plan.capacity() - 1; i++) {
      plan.put(i, (byte) 'x');
    }
    isRefused(plan.array(), "unknown operation");
  }

  /** The last step stays one that is unknown, so that none is ever carried out. */
  @Test
  void randomChangesNeverGetThrough() throws Exception {
    Random random = new Random(4711);
    for (int round = 0; round < 60; round++) {
      byte[] plan =
          changed(bytes -> {
            int last = HEADER + STEP * 4;
            int end = bytes.capacity();
            for (int i = 0; i < 1 + random.nextInt(8); i++) {
              int at = HEADER + random.nextInt(end - HEADER);
              bytes.put(at, (byte) random.nextInt(256));
            }
            bytes.putShort(last, (short) 999);
          });
      try (RealLauncher launcher = RealLauncher.start(directory)) {
        launcher.send(RealLauncher.plan(true, plan));
        assertThat(launcher.status()).isEqualTo(1);
        assertThat(launcher.error())
            .startsWith("belljar: the planner sent a plan that is malformed: ")
            .hasLineCount(1);
      }
    }
    assertThat(directory.resolve("made")).doesNotExist();
  }

  @Test
  void planThatBreaksOffIsRefused() throws Exception {
    byte[] plan = valid();
    for (int length : new int[] {12, 13, 60, plan.length - 1}) {
      try (RealLauncher launcher = RealLauncher.start(directory)) {
        ByteBuffer frame = RealLauncher.plan(true, plan);
        launcher.send(frame.limit(length));
        launcher.hangUp();
        assertThat(launcher.status()).isEqualTo(1);
        assertThat(launcher.error())
            .isEqualTo("belljar: the planner sent a plan that is malformed: it broke off\n");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "19, 0, 'the planner sent a plan that is malformed: wrong length'",
    "19, 3, 'the planner sent a plan that is malformed: wrong length'",
    "19, 5000000, 'the planner sent a plan that is malformed: wrong length'",
    "19, -1, 'the planner sent a plan that is malformed: wrong length'",
    "21, 0, the planner speaks another version of the protocol",
    "0, 0, the planner speaks another version of the protocol",
    "-1, -1, the planner speaks another version of the protocol",
  })
  void framesAreChecked(int type, int length, String message) throws Exception {
    try (RealLauncher launcher = RealLauncher.start(directory)) {
      ByteBuffer frame = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      launcher.send(frame.putInt(type).putInt(length).flip());
      assertThat(launcher.status()).isEqualTo(1);
      assertThat(launcher.error()).isEqualTo("belljar: " + message + "\n");
    }
  }
}
