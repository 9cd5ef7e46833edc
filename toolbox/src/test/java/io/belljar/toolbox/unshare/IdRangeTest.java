package io.belljar.toolbox.unshare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdRangeTest {
  private static final long NONE = IdRange.UNSET;

  @Test
  void aRangeWithoutASingleIdStaysAsItIs() {
    assertThat(IdRange.withSingle(List.of(range(5, 100000, 10)), 1000, NONE))
        .containsExactly(range(5, 100000, 10));
  }

  @Test
  void aRangeToBeChosenBeginsAtZero() {
    assertThat(IdRange.withSingle(List.of(range(NONE, 100000, 10)), 1000, NONE))
        .containsExactly(range(0, 100000, 10));
  }

  @Test
  void theSingleIdComesFirstAndTheRangeMakesRoom() {
    assertThat(IdRange.withSingle(List.of(range(NONE, 100000, 65536)), 1000, 0))
        .containsExactly(range(0, 1000, 1), range(1, 100000, 65536));
    assertThat(IdRange.withSingle(List.of(range(0, 100000, 1000)), 1000, 5))
        .containsExactly(range(5, 1000, 1), range(0, 100000, 5), range(6, 100005, 994));
  }

  @Test
  void theSingleIdMayLieWithinTheRangeOutside() {
    assertThat(IdRange.withSingle(List.of(range(0, 0, 100)), 50, 10))
        .containsExactly(range(10, 50, 1), range(0, 0, 10), range(11, 10, 40), range(51, 51, 49));
  }

  private static IdRange range(long inner, long outer, long count) {
    return new IdRange(inner, outer, count);
  }
}
