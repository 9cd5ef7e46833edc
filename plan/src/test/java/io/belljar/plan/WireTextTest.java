package io.belljar.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireTextTest {
  @Test
  void writesUtf8() {
    String text = "grün 🔔 \uFFFD";

    assertThat(WireText.encode(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    assertThat(WireText.decode(WireText.encode(text))).isEqualTo(text);
  }

  @Test
  void carriesBytesThatAreNotUtf8() {
    assertThat(WireText.decode(new byte[] {'a', (byte) 0xFF, 'b'})).isEqualTo("a\uDCFFb");
    assertThat(WireText.encode("a\uDCFFb")).containsExactly('a', 0xFF, 'b');
  }

  @Test
  void givesAnyBytesBack() {
    Random random = new Random(3);
    for (int i = 0; i < 5000; i++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);
      assertThat(WireText.encode(WireText.decode(bytes))).isEqualTo(bytes);
    }
  }

  @Test
  void refusesSurrogatesThatStandForNoByte() {
    assertThatThrownBy(() -> WireText.encode("a\uDC41"))
        .isInstanceOf(InvalidPlan.class)
        .hasMessage("the text holds half a character at position 1");
  }
}
