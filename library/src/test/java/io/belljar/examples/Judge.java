package io.belljar.examples;

import io.belljar.Container;
import io.belljar.ExitStatus;
import io.belljar.Isolation;
import io.belljar.Mount;
import io.belljar.Root;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Judges a program that nobody trusts: it sees its own file and nothing else, may use little, and
 * its output is compared with what was expected.
 */
public final class Judge {
  private static final int MOST_OUTPUT = 64 << 10;
  private static final Duration TIME = Duration.ofSeconds(2);

  private Judge() {}

  /** What became of a program. */
  public enum Verdict {
    ACCEPTED,
    WRONG_ANSWER,
    TOO_SLOW,
    TOO_MUCH_MEMORY,
    FAILED
  }

  /** Runs a shell script with an input, and compares what it prints. */
  public static Verdict judge(Path script, String input, String expected)
      throws IOException, InterruptedException {
    var isolation =
        Isolation.of(Root.hostPrograms("sh", "cat", "tail"), "sh", "/program")
            .mount(Mount.readOnly(script, "/program"))
            .user("65534:65534")
            .readOnlyRoot()
            .limits(limits -> limits.memory(32 << 20).cpus(0.5).processes(8))
            .privileges(privileges -> privileges.neverMore())
            .build();
    try (Container container = isolation.start()) {
      try (var stdin = container.input()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It ended without reading its input; how it ended decides.
      }
      Optional<ExitStatus> status = container.waitFor(TIME);
      if (status.isEmpty()) {
        return Verdict.TOO_SLOW; // closing the container ends it
      }
      if (status.get().killedByMemoryLimit()) {
        return Verdict.TOO_MUCH_MEMORY;
      }
      if (!status.get().succeeded()) {
        return Verdict.FAILED;
      }
      byte[] output = container.output().readNBytes(MOST_OUTPUT);
      return new String(output, StandardCharsets.UTF_8).equals(expected)
          ? Verdict.ACCEPTED
          : Verdict.WRONG_ANSWER;
    }
  }
}
