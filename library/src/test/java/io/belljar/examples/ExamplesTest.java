package io.belljar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows works. */
@Tag("integration")
@Timeout(60)
class ExamplesTest {
  @TempDir private Path directory;

  private Judge.Verdict judge(String script) throws Exception {
    Path program = Files.writeString(directory.resolve("program"), script);
    return Judge.judge(program, "6 7\n", "42\n");
  }

  @Test
  void judgesPrograms() throws Exception {
    assertThat(judge("read a b; echo $((a * b))")).isEqualTo(Judge.Verdict.ACCEPTED);
    assertThat(judge("read a b; echo $((a + b))")).isEqualTo(Judge.Verdict.WRONG_ANSWER);
    assertThat(judge("exit 3")).isEqualTo(Judge.Verdict.FAILED);
    assertThat(judge("tail /dev/zero")).isEqualTo(Judge.Verdict.TOO_MUCH_MEMORY);
    assertThat(judge("while :; do :; done")).isEqualTo(Judge.Verdict.TOO_SLOW);
  }

  @Test
  void runsABuildToolOverABindMount() throws Exception {
    Files.writeString(directory.resolve("Makefile"), "copy: source\n\tcp source copy\n");
    Files.writeString(directory.resolve("source"), "content");
    assertThat(BuildTool.make(directory, "copy").code()).isZero();
    assertThat(directory.resolve("copy")).hasContent("content");
  }

  @Test
  void talksToACoprocess() throws Exception {
    try (var sums = new Coprocess()) {
      assertThat(sums.sum(2, 3)).isEqualTo(5);
      assertThat(sums.sum(-4, 1)).isEqualTo(-3);
    }
  }
}
