package io.belljar.runtime.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.runtime.user.SubordinateIds.Range;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SubordinateIdsTest {
  @Test
  void findsAUsersRangesByNameAndById() {
    String text = "ann:100000:65536\nbob:165536:65536\n1000:300000:10\n";
    assertThat(SubordinateIds.parse(text, "ann", 1000).ranges())
        .containsExactly(new Range(100_000, 65_536), new Range(300_000, 10));
    assertThat(SubordinateIds.parse(text, "eve", 1001).ranges()).isEmpty();
  }

  @Test
  void leavesOutWhatIsNoRange() {
    String text = "# ann:1:1\nann:x:1\nann:1\nann:100:0\nann:-5:7\nann:4294967290:100\nann:1:1:1\n";
    assertThat(SubordinateIds.parse(text, "ann", 1000).ranges())
        .containsExactly(new Range(4_294_967_290L, 5));
  }

  @Test
  void isEmptyWithoutAFile() {
    assertThat(SubordinateIds.of(Path.of("/nonexistent/subuid"), "ann", 1000).ranges()).isEmpty();
  }
}
