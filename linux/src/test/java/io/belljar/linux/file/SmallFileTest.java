package io.belljar.linux.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallFileTest {
  @TempDir Path directory;

  @Test
  void readsWhatHasNoSize() throws IOException {
    assertThat(new String(SmallFile.read(Path.of("/proc/self/status"), 1 << 20), US_ASCII))
        .startsWith("Name:")
        .contains("Uid:");
  }

  @Test
  void readsMoreThanTheUsualAndNoMoreThanTheLimit() throws IOException {
    byte[] content = new byte[100_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) i;
    }
    Path file = Files.write(directory.resolve("file"), content);
    assertThat(SmallFile.read(file, 1 << 20)).isEqualTo(content);
    for (int limit : new int[] {1, 4095, 4096, 4097, 99_999, 100_000}) {
      assertThat(SmallFile.read(file, limit)).isEqualTo(Arrays.copyOf(content, limit));
    }
  }

  @Test
  void readsNothingOfAnEmptyFile() throws IOException {
    assertThat(SmallFile.read(Files.createFile(directory.resolve("empty")), 10)).isEmpty();
  }

  @Test
  void tellsAMissingFile() {
    assertThatThrownBy(() -> SmallFile.read(directory.resolve("missing"), 10))
        .isInstanceOf(NoSuchFileException.class);
  }
}
