package io.belljar.conformance.docs;

import java.util.List;

/**
 * A command of a page, and what the page says that it prints.
 *
 * @param line where it is in the page
 * @param session which of the page's two shells it is typed into
 * @param command its lines, without the prompts
 * @param output the lines after it
 * @param nextAsksForStatus whether the command after it is {@code echo $?}, so that it may fail
 */
record Example(
    int line, Session session, String command, List<String> output, boolean nextAsksForStatus) {

  /** Who types. */
  enum Session {
    ROOT,
    USER
  }

  Example {
    output = List.copyOf(output);
  }

  /** What a shell that is not at a terminal prints of it: no number of a job in the background. */
  List<String> outputWithoutTerminal() {
    boolean job =
        command.endsWith("&") && !output.isEmpty() && output.getFirst().matches("\\[\\d+] \\S+");
    return job ? output.subList(1, output.size()) : output;
  }
}
