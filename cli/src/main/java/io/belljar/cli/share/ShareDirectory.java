package io.belljar.cli.share;

import io.belljar.cli.help.Page;
import io.belljar.cli.help.Topic;
import io.belljar.cli.share.ManualPage.Edition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Writes a distribution's {@code share}, where man and the shells look for it below a prefix such
 * as /usr/local.
 */
public final class ShareDirectory {
  private static final List<String> TOPICS = Topic.all().stream().map(Topic::word).toList();

  private final Path directory;
  private final Edition edition;

  /**
   * @param directory {@code share}
   * @param day for the pages' footers, as {@code 2026-11-23}
   * @param version likewise
   */
  public ShareDirectory(Path directory, String day, String version) {
    this.directory = directory;
    this.edition = new Edition(day, version);
  }

  /**
   * Writes all of it.
   *
   * @param people the program with a page for each command
   * @param oci the program with one page
   */
  public void write(CommandLine people, CommandLine oci) throws IOException {
    Described belljar = Described.of(people);
    Described engine = Described.of(oci);
    completion(belljar, "ps -a --format {{.Names}}");
    completion(engine, "list -q");
    CommandManual manual = new CommandManual(edition);
    for (ManualPage page : pages(manual, belljar, engine)) {
      put("man/man" + page.section() + "/" + page.file(), page.text().toString());
    }
  }

  private List<ManualPage> pages(CommandManual manual, Described belljar, Described engine) {
    List<ManualPage> pages = new ArrayList<>();
    List<String> topics = TOPICS.stream().map(topic -> "belljar-" + topic + "(7)").toList();
    pages.add(
        manual.program(belljar, notes("belljar"), TOPICS, List.of("belljar-oci(1)", "man(1)")));
    pages.add(manual.whole(engine, notes("belljar-oci"), List.of("belljar(1)", "runc(8)")));
    belljar
        .commands()
        .forEach(command -> {
          List<String> others = new ArrayList<>(List.of("belljar(1)"));
          others.addAll(topics);
          pages.add(manual.page(command, notes(command.name()), others));
        });
    for (Topic topic : Topic.all()) {
      pages.add(ManualPage.of(topic.word(), topic.summary(), topic.page(), edition));
    }
    return pages;
  }

  /** What there is to say of a command beyond its options; a resource of its name. */
  private static Optional<Page> notes(String command) {
    return text(command + ".md").map(Page::parse);
  }

  private void completion(Described program, String containers) throws IOException {
    String name = program.name();
    put(
        "bash-completion/completions/" + name,
        new BashCompletion(program, TOPICS, quoted(containers)).text(engine("bash")));
    put(
        "zsh/site-functions/_" + name,
        new ZshCompletion(program, TOPICS, quoted(containers)).text(engine("zsh")));
    put(
        "fish/vendor_completions.d/" + name + ".fish",
        new FishCompletion(program, TOPICS, quoted(containers)).text(engine("fish")));
  }

  /** Braces mean something to shells. */
  private static String quoted(String words) {
    return Stream.of(words.split(" "))
        .map(word -> word.contains("{") ? "'" + word + "'" : word)
        .collect(Collectors.joining(" "));
  }

  private static String engine(String shell) {
    return text("completion." + shell).orElseThrow();
  }

  private static Optional<String> text(String resource) {
    try (InputStream stream = ShareDirectory.class.getResourceAsStream(resource)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
