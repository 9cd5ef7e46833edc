package io.belljar.conformance.containers;

import io.belljar.conformance.Command;
import io.belljar.conformance.Oci;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A test of commands on the files of a container, which is made of the host's programs. */
public abstract class FilesTest extends OciTest {
  private final List<String> made = new ArrayList<>();

  /** A command of people's, not yet run. */
  protected final Command command(String... arguments) {
    Path belljar = Oci.path().resolveSibling("belljar");
    return Command.of(Command.words(List.of(belljar.toString()), arguments))
        .env(oci().environment())
        .in(directory());
  }

  /** Runs a command of people's. */
  protected final Ran belljar(String... arguments) {
    return command(arguments).run();
  }

  /** Starts a container that runs a script, and then sleeps; returns when the script has run. */
  protected final String box(List<String> options, String programs, String script) {
    String name = id() + made.size();
    made.add(name);
    List<String> words = new ArrayList<>(List.of("run", "-d", "--name", name));
    words.addAll(options);
    words.addAll(List.of("--from-host", "bash,sleep,mkdir,ln,rm,cat,ls,touch," + programs));
    words.addAll(List.of("--", "bash", "-c", script + "\n: > /ready; exec sleep 1000"));
    belljar(words.toArray(String[]::new)).succeeds();
    eventually("the box is ready", () -> belljar("cp", name + ":/ready", "-").code() == 0);
    return name;
  }

  /** Starts a container without options. */
  protected final String box(String programs, String script) {
    return box(List.of(), programs, script);
  }

  @Override
  protected void cleanUp() {
    made.forEach(name -> belljar("rm", "-f", name));
  }

  /** A file of the host with this content. */
  protected final Path file(String name, String content) throws IOException {
    Path file = directory().resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  /** A shell's line with the program as {@code $B}. */
  protected final Ran shell(String script) {
    return Command.shell(script)
        .env(oci().environment())
        .env("B", Oci.path().resolveSibling("belljar").toString())
        .in(directory())
        .run();
  }
}
