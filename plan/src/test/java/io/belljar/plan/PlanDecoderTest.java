package io.belljar.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.ProcessStep;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PlanDecoderTest {
  private static final byte[] PLAN =
      PlanEncoder.encode(
          Plan.builder().add(new ProcessStep.Finish(List.of("a", "b")), "test").build());

  @Test
  void refusesAnotherMagic() {
    refuses(plan -> plan.putInt(0, 0x32504A42), "not a plan, or of another version");
  }

  @Test
  void refusesWrongLength() {
    refuses(plan -> plan.putInt(4, PLAN.length + 1), "wrong length");
  }

  @Test
  void refusesStepsThatReachIntoTheData() {
    refuses(plan -> plan.putInt(8, 2), "its parts overlap");
    refuses(plan -> plan.putInt(8, -1), "its parts overlap");
  }

  @Test
  void refusesDataBehindTheEnd() {
    refuses(plan -> plan.putInt(12, 1 << 20), "its parts overlap");
  }

  @Test
  void refusesUnknownOperationAndRole() {
    refuses(plan -> plan.putShort(16, (short) 127), "unknown operation 127");
    refuses(plan -> plan.putShort(18, (short) 4), "unknown role 4");
  }

  @Test
  void refusesArgumentTooMany() {
    refuses(plan -> plan.putLong(32, 1), "an argument too many");
  }

  @Test
  void refusesTextsOutsideTheData() {
    refuses(plan -> plan.putLong(24, 4L << 32 | 3), "a list of texts outside the data");
    refuses(plan -> plan.putLong(24, 5L << 32 | 1), "a list of texts outside the data");
    refuses(plan -> plan.putInt(PLAN.length - 4, 1000), "a text outside the data");
  }

  @Test
  void refusesTextWithoutAnEnd() {
    byte[] bytes =
        PlanEncoder.encode(
            Plan.builder().add(new FileStep.Write("/a", Bytes.of("xyz")), "test").build());
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(24, 8);

    assertThatThrownBy(() -> PlanDecoder.decode(bytes))
        .isInstanceOf(InvalidPlan.class)
        .hasMessage("a text without an end");
  }

  @Test
  void failsInNoOtherWay() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = PLAN.clone();
      for (int change = 0; change < 3; change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(PlanDecoder.decode(bytes)).hasSizeLessThan(2);
      } catch (InvalidPlan expected) {
        assertThat(expected).hasMessageMatching("[a-z].*");
      }
    }
  }

  private static void refuses(Consumer<ByteBuffer> change, String message) {
    byte[] bytes = PLAN.clone();
    change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    assertThatThrownBy(() -> PlanDecoder.decode(bytes))
        .isInstanceOf(InvalidPlan.class)
        .hasMessage(message);
  }
}
