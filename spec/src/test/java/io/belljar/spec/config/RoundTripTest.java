package io.belljar.spec.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private static final int CASES = 500;

  @Test
  void readsWhatItWrites() {
    for (int seed = 0; seed < CASES; seed++) {
      Config config = random(seed);
      byte[] text = ConfigWriter.write(config).getBytes(StandardCharsets.UTF_8);
      assertThat(ConfigReader.read(text, "config.json")).as("seed %d", seed).isEqualTo(config);
    }
  }

  @Test
  void writesTheSameAgain() {
    for (int seed = 0; seed < CASES; seed++) {
      String text = ConfigWriter.write(random(seed));
      Config read = ConfigReader.read(text.getBytes(StandardCharsets.UTF_8), "config.json");
      assertThat(ConfigWriter.write(read)).as("seed %d", seed).isEqualTo(text);
    }
  }

  /** Whatever stands in a document, reading it gives a configuration or one line. */
  @Test
  void neverFailsOtherwiseThanWithOneLine() {
    byte[] original = Documents.resource("runc-default.json");
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    for (int i = 0; i < 5000; i++) {
      byte[] text = original.clone();
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      }
      byte[] cut = random.nextInt(8) == 0 ? Arrays.copyOf(text, random.nextInt(text.length)) : text;
      try {
        ConfigValidator.validate(ConfigReader.read(cut, "config.json"), "config.json");
      } catch (io.belljar.spec.json.InvalidDocumentException e) {
        assertThat(e.getMessage()).startsWith("config.json: ").hasLineCount(1);
      }
    }
  }

  private static Config random(int seed) {
    return new RandomConfig(RandomGeneratorFactory.of("L64X128MixRandom").create(seed)).config();
  }
}
