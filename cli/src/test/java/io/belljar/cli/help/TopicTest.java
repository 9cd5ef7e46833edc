package io.belljar.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.cli.help.Block.Line;
import io.belljar.cli.help.Block.Literal;
import io.belljar.cli.help.Block.Paragraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopicTest {
  private static final Path PAGES = Path.of("src/main/resources/io/belljar/cli/help");

  @Test
  void everyPageIsATopicAndEveryTopicHasAPage() throws IOException {
    try (Stream<Path> files = Files.list(PAGES)) {
      assertThat(
              files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".md")))
          .containsExactlyInAnyOrderElementsOf(
              Topic.all().stream().map(topic -> topic.word() + ".md").toList());
    }
  }

  @Test
  void everyPageBeginsWithItsTopicAndWhatItIsAbout() {
    assertThat(Topic.all())
        .allSatisfy(topic -> {
          assertThat(topic.page().title()).startsWithIgnoringCase(topic.word() + ": ");
          assertThat(topic.summary().length()).isBetween(10, 60);
        });
  }

  @Test
  void everyPageHasCommandsToTryAndSaysWhereToReadOn() {
    assertThat(Topic.all())
        .allSatisfy(topic -> {
          assertThat(topic.page().blocks())
              .anyMatch(block ->
                  block instanceof Literal literal
                      && literal.lines().stream().anyMatch(Line::typed));
          assertThat(topic.page().blocks()).contains(new Block.Heading(2, "Read on"));
        });
  }

  @Test
  void textFitsATerminalOfEightyColumns() {
    for (Topic topic : Topic.all()) {
      for (Block block : topic.page().blocks()) {
        if (block instanceof Paragraph paragraph) {
          assertThat(paragraph.lines())
              .as(topic.word())
              .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        }
      }
    }
  }

  @Test
  void aTopicIsFoundByItsName() {
    assertThat(Topic.of("rootfs")).contains(Topic.ROOTFS);
    assertThat(Topic.of("ROOTFS")).isEmpty();
    assertThat(List.of(Topic.CGROUPS.word(), Topic.CGROUPS.summary()))
        .containsExactly("cgroups", "groups of processes, counted and limited");
  }
}
