package io.belljar.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the other pages of documentation to the code and to each other. */
class DocumentsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");
  private static final Pattern DECISION = Pattern.compile("\\d{4}-[a-z0-9-]+\\.md");

  private static final Pattern HEADER_ROW =
      Pattern.compile("X\\((\\d+), ([A-Z_]+), \\w+, \"(\\w*)\"\\)");
  private static final Pattern PAGE_ROW =
      Pattern.compile("(?m)^\\| (\\d+) \\| `([A-Z_]+)` \\| (\\w*) ?\\|");

  @Test
  void everyRelativeLinkLeadsSomewhere() throws IOException {
    for (Path page : pages()) {
      List<String> links =
          LINK.matcher(Files.readString(page))
              .results()
              .map(link -> link.group(1))
              .filter(link -> !link.contains("://"))
              .toList();
      assertThat(links)
          .allSatisfy(link ->
              assertThat(page.resolveSibling(link))
                  .as("%s in %s", link, ROOT.relativize(page))
                  .exists());
    }
  }

  @Test
  void everyDecisionIsListed() throws IOException {
    Path directory = ROOT.resolve("docs/adr");
    String list = Files.readString(directory.resolve("README.md"));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> DECISION.matcher(name).matches())
          .isNotEmpty()
          .allSatisfy(name -> assertThat(list).contains("(" + name + ")"));
    }
  }

  /** The protocol's page lists the operations as the launcher's header does. */
  @Test
  void theProtocolListsEveryOperationOfTheLauncher() throws IOException {
    List<String> listed = rows(PAGE_ROW, ROOT.resolve("docs/protocol.md"));
    assertThat(listed).isEqualTo(rows(HEADER_ROW, ROOT.resolve("launcher/src/operations.h")));
    assertThat(listed).isNotEmpty();
  }

  private static List<String> rows(Pattern pattern, Path file) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
        .toList();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).toList();
    }
  }
}
