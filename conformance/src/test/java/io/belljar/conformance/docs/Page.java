package io.belljar.conformance.docs;

import io.belljar.conformance.docs.Example.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The examples of a Markdown page: its {@code console} blocks.
 *
 * <p>In a block, a line that begins with {@code # } is a command of root's, one with {@code $ } an
 * ordinary user's, one with {@code > } goes on with the command before it, and all others are what
 * the command prints. Words after {@code console} say when a block is tried: {@code user} types all
 * of it in the user's shell (who may be root in a namespace of his), {@code v1} and {@code v2} need
 * this version of cgroups, and {@code untested} is for the eye only.
 *
 * @param file the page
 * @param examples in their order
 */
record Page(Path file, List<Example> examples) {
  private static final String FENCE = "```";

  /** Reads a page; blocks with a word that is not among {@code true} ones are left out. */
  static Page read(Path file, Set<String> trueWords) throws IOException {
    List<Example> examples = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int at = 0; at < lines.size(); at++) {
      if (!lines.get(at).startsWith(FENCE)) {
        continue;
      }
      List<String> words = List.of(lines.get(at).substring(FENCE.length()).split(" "));
      int first = at + 1;
      do {
        at++;
      } while (at < lines.size() && !lines.get(at).equals(FENCE));
      if (at == lines.size()) {
        throw new AssertionError(file + ":" + first + ": the block has no end");
      }
      if (words.getFirst().equals("console")
          && trueWords.containsAll(words.subList(1, words.size()))) {
        new Block(lines, first, words.contains("user")).addTo(examples, at);
      }
    }
    return new Page(file, examples);
  }

  private record Block(List<String> lines, int first, boolean user) {
    void addTo(List<Example> examples, int end) {
      int at = first;
      while (at < end) {
        int start = at;
        if (!isCommand(lines.get(at))) {
          throw new AssertionError("line " + (at + 1) + ": output without a command before it");
        }
        StringBuilder command = new StringBuilder(lines.get(at).substring(2));
        at++;
        while (at < end && lines.get(at).startsWith("> ")) {
          command.append('\n').append(lines.get(at).substring(2));
          at++;
        }
        List<String> output = new ArrayList<>();
        while (at < end && !isCommand(lines.get(at))) {
          output.add(lines.get(at));
          at++;
        }
        boolean status = at < end && lines.get(at).substring(2).startsWith("echo $?");
        boolean root = lines.get(start).startsWith("#") && !user;
        examples.add(
            new Example(
                start + 1, root ? Session.ROOT : Session.USER, command.toString(), output, status));
      }
    }

    private static boolean isCommand(String line) {
      return line.startsWith("# ") || line.startsWith("$ ");
    }
  }
}
