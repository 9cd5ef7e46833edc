package io.belljar.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds the README's example to one that is compiled and runs. */
class ReadmeTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\n(.*?)```");

  @Test
  void showsAnExampleThatIsCompiled() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../README.md")));
    assertThat(example.find()).isTrue();
    assertThat(Files.readString(Path.of("src/test/java/io/belljar/example/Answer.java")))
        .endsWith("\n" + example.group(1));
  }

  @Test
  @Tag("integration")
  void showsAnExampleThatReturnsWhatTheScriptSays() throws IOException, InterruptedException {
    assertThat(Answer.of("echo I am process $$")).isEqualTo("I am process 1\n");
  }

  @Test
  @Tag("integration")
  void showsAnExampleThatTellsHowTheScriptFailed() throws IOException, InterruptedException {
    assertThat(Answer.of("exit 3")).isEqualTo("exit code 3");
  }
}
