package io.belljar.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.docs.Example.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How pages are read, and compared with what came. */
class ExpectationTest {
  @TempDir Path directory;

  private static boolean met(String expected, String... actual) {
    return new Expectation(expected.lines().toList()).isMetBy(List.of(actual));
  }

  private Page page(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("page.md"), text);
    return Page.read(file, Set.of("user", "v1"));
  }

  @Test
  void textIsComparedAsItIs() {
    assertThat(met("a\nb", "a", "b  ")).isTrue();
    assertThat(met("a.c", "abc")).isFalse();
    assertThat(met("", "a")).isFalse();
    assertThat(met("a\nb", "a")).isFalse();
  }

  @Test
  void anEllipsisInALineStandsForAnyText() {
    assertThat(met("mnt:[…]", "mnt:[4026531841]")).isTrue();
    assertThat(met("… sh …", "root 1 sh -c x")).isTrue();
    assertThat(met("mnt:[…]", "net:[1]")).isFalse();
    assertThat(met("a…", "a", "b")).isFalse();
  }

  @Test
  void anEllipsisOfItsOwnStandsForAnyLines() {
    assertThat(met("a\n…\nd", "a", "b", "c", "d")).isTrue();
    assertThat(met("a\n…\nd", "a", "d")).isTrue();
    assertThat(met("…", "x")).isTrue();
    assertThat(met("…\nb", "a", "b", "c")).isFalse();
  }

  @Test
  void aPageIsReadAsCommandsAndWhatTheyPrint() throws IOException {
    Page page =
        page(
            """
            Text.

            ```console
            # cat <<E
            > x
            > E
            x
            $ false
            $ echo $?
            1
            ```

            ```console user
            # id -u
            0
            ```

            ```console v2
            # not here
            ```

            ```text
            # nor this
            ```
            """);
    assertThat(page.examples())
        .containsExactly(
            new Example(4, Session.ROOT, "cat <<E\nx\nE", List.of("x"), false),
            new Example(8, Session.USER, "false", List.of(), true),
            new Example(9, Session.USER, "echo $?", List.of("1"), false),
            new Example(14, Session.USER, "id -u", List.of("0"), false));
  }

  @Test
  void theNumberOfAJobIsWhatOnlyATerminalShows() {
    Example job = new Example(1, Session.ROOT, "sleep 9 &", List.of("[1] 4711"), false);
    assertThat(job.outputWithoutTerminal()).isEmpty();
  }
}
