package io.belljar.toolbox.command;

import io.belljar.linux.Errno;
import io.belljar.plan.Outcome;
import java.util.List;

/**
 * What a tool says when a step fails: the words of util-linux or coreutils, that scripts may read,
 * before what the kernel says.
 *
 * @param words one for each stage of the step; the last counts for all later ones
 * @param of whose failure it is
 */
public record Complaint(List<String> words, Kind of) {
  /** What the exit code depends on. */
  public enum Kind {
    /** Of the tool. */
    TOOL,
    /** Of the command: 127 when there is none, 126 when it cannot be executed. */
    COMMAND,
    /** Of a helper, which has said why itself. */
    HELPER
  }

  private static final int NOT_FOUND = 127;
  private static final int NOT_EXECUTABLE = 126;

  public Complaint {
    words = List.copyOf(words);
  }

  /** A step of the tool's. */
  public static Complaint of(String... words) {
    return new Complaint(List.of(words), Kind.TOOL);
  }

  /** The line, without the tool's name. */
  public String line(Outcome outcome) {
    return words.get(Math.min(outcome.stage(), words.size() - 1))
        + ": "
        + Errno.of(outcome.errno()).map(Errno::text).orElse("errno " + outcome.errno());
  }

  /**
   * The exit code.
   *
   * @param tool the code of a failure of the tool's own
   */
  public int code(Outcome outcome, int tool) {
    if (of != Kind.COMMAND) {
      return tool;
    }
    return outcome.errno() == Errno.ENOENT.number() ? NOT_FOUND : NOT_EXECUTABLE;
  }
}
