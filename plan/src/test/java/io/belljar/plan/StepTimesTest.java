package io.belljar.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class StepTimesTest {
  @Test
  void areTheExitCodeAndANumberForEachStep() {
    byte[] data =
        ByteBuffer.allocate(20)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(7)
            .putLong(1500)
            .putLong(1L << 40)
            .array();

    StepTimes times = new Outcome(-1, 0, 0, data).times();

    assertThat(times.exitCode()).isEqualTo(7);
    assertThat(times.nanoseconds()).containsExactly(1500L, 1L << 40);
  }

  @Test
  void areNotThereWhenThePlanFailedOrWasNotTimed() {
    assertThatThrownBy(() -> new Outcome(0, 0, 2, new byte[4]).times())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no times of a plan that succeeded");
    assertThatThrownBy(() -> Outcome.SUCCESS.times()).isInstanceOf(IllegalStateException.class);
  }
}
