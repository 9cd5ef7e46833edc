package io.belljar.conformance.docs;

import io.belljar.conformance.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Types a page's examples in their order, and says where it went otherwise than the page says. */
final class PageRun {
  private PageRun() {}

  /** The words of blocks that are true on this machine. */
  private static Set<String> trueWords() {
    Set<String> words = new HashSet<>(Set.of("user"));
    words.add(Machine.isUnified() ? "v2" : "v1");
    if (Files.exists(Path.of("/sys/fs/cgroup/unified/cgroup.procs"))) {
      words.add("hybrid");
    }
    return words;
  }

  /** What was different: empty when the page tells the truth. */
  static List<String> differences(Path file) throws IOException, InterruptedException {
    Page page = Page.read(file, trueWords());
    if (page.examples().isEmpty()) {
      return List.of();
    }
    List<String> differences = new ArrayList<>();
    try (var machine = new PageMachine(page)) {
      for (Example example : page.examples()) {
        Shell.Answer answer = machine.shell(example.session()).type(example.command());
        if (!isAsSaid(example, answer)) {
          differences.add(difference(page, example, answer));
        }
        if (answer.status() < 0) {
          break;
        }
      }
    }
    return differences;
  }

  private static boolean isAsSaid(Example example, Shell.Answer answer) {
    boolean silentFailure =
        answer.status() != 0
            && example.output().isEmpty()
            && !example.nextAsksForStatus()
            && !example.command().startsWith("exit");
    return answer.status() >= 0
        && !silentFailure
        && new Expectation(example.outputWithoutTerminal()).isMetBy(answer.lines());
  }

  private static String difference(Page page, Example example, Shell.Answer answer) {
    return "\n%s:%d: %s\n--- the page says:\n%s\n--- what came (status %d):\n%s\n"
        .formatted(
            page.file(),
            example.line(),
            example.command(),
            String.join("\n", example.output()),
            answer.status(),
            String.join("\n", answer.lines()));
  }
}
