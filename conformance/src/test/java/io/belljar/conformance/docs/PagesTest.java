package io.belljar.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.belljar.conformance.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every command that a page of ours shows prints what the page says. */
@Tag("integration")
class PagesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path HELP = ROOT.resolve("cli/src/main/resources/io/belljar/cli/help");

  @BeforeAll
  static void requireRoot() {
    assumeTrue(
        Machine.status(ProcessHandle.current().pid(), "Uid").startsWith("0\t"), "needs root");
    for (String program : List.of("unshare", "nsenter", "setpriv")) {
      Machine.requireProgram(program, "util-linux");
    }
    Machine.requireProgram("ip", "iproute2");
  }

  @TestFactory
  Stream<DynamicTest> tellsTheTruth() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.list(ROOT.resolve("docs"));
        Stream<Path> help = Files.walk(HELP)) {
      return Stream.of(top, docs, help)
          .flatMap(files -> files)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList()
          .stream()
          .map(file ->
              dynamicTest(
                  ROOT.relativize(file).toString(),
                  () -> assertThat(PageRun.differences(file)).as("differences").isEmpty()));
    }
  }
}
