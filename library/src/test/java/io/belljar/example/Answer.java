package io.belljar.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.belljar.Container;
import io.belljar.ExitStatus;
import io.belljar.Isolation;
import io.belljar.Root;
import java.io.IOException;

/** Runs a script that nobody trusts, within limits, and returns what it says. */
final class Answer {
  private Answer() {}

  static String of(String script) throws IOException, InterruptedException {
    Isolation isolation =
        Isolation.of(Root.hostPrograms("sh"), "sh", "-c", script)
            .limits(limits -> limits.memory(64 << 20).cpus(0.5).processes(16))
            .build();
    try (Container container = isolation.start()) {
      String output = new String(container.output().readAllBytes(), UTF_8);
      ExitStatus status = container.waitFor();
      return status.succeeded() ? output : status.reason().orElse("exit code " + status.code());
    }
  }
}
