package io.belljar.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.Ran;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The manual pages of the distribution. */
@Tag("integration")
class ManualPagesTest {
  private static final Pattern ENTRY = Pattern.compile("(?m)^  ([a-z][a-z-]*) +\\S");

  private static List<Path> pages() {
    return Stream.of("man/man1", "man/man7").flatMap(name -> Share.files(name).stream()).toList();
  }

  @Test
  void everyCommandAndEveryTopicHasAPage() {
    String help =
        Command.of(Oci.path().resolveSibling("belljar").toString(), "help")
            .run()
            .succeeds()
            .output();
    int topics = help.indexOf("\nTopics");
    List<String> expected = new ArrayList<>(List.of("belljar.1", "belljar-oci.1"));
    expected.addAll(names(help.substring(0, topics), ".1"));
    expected.addAll(names(help.substring(topics), ".7"));
    assertThat(pages().stream().map(page -> page.getFileName().toString()))
        .containsExactlyInAnyOrderElementsOf(expected)
        .contains("belljar-run.1", "belljar-namespaces.7");
  }

  private static List<String> names(String list, String end) {
    return ENTRY.matcher(list).results().map(entry -> "belljar-" + entry.group(1) + end).toList();
  }

  @Test
  void mandocFindsNothingToWarnOf() {
    Machine.requireProgram("mandoc", "mandoc");
    List<String> words = new ArrayList<>(List.of("mandoc", "-Tlint", "-Wwarning"));
    pages().forEach(page -> words.add(page.toString()));
    Ran ran = Command.of(words).run();
    assertThat(ran.output()).isEmpty();
    ran.succeeds();
  }

  @Test
  void manRendersThem() {
    Machine.requireProgram("man", "man-db");
    Ran run = man("man1/belljar-run.1");
    assertThat(run.output())
        .contains("BELLJAR-RUN(1)", "belljar-run - run a command in isolation", "SYNOPSIS")
        .contains("-m, --memory=BYTES", "--cap-drop=CAP", "SEE ALSO");
    Ran topic = man("man7/belljar-users.7");
    assertThat(topic.output())
        .contains("belljar-users - user namespaces and maps of ids", "READ ON")
        .contains("$ belljar unshare --user --map-root-user cat /proc/self/uid_map");
    assertThat(topic.error()).isEmpty();
  }

  private static Ran man(String page) {
    return Command.of("man", "--local-file", Share.path("man/" + page).toString())
        .env("MANWIDTH", "80")
        .env("LC_ALL", "C.UTF-8")
        .run()
        .succeeds();
  }
}
