package io.belljar.linux.proc;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What /proc/PID/stat says (proc_pid_stat(5)), as far as Belljar uses it.
 *
 * @param command the first 15 bytes of the program's name; the process may set it to anything
 * @param state one letter: R, S, D, T, t, Z (zombie), X (dead), I
 * @param parent the parent's pid in the reader's pid namespace; 0 where it is not visible
 * @param terminal the device number of the controlling terminal, 0 for none
 * @param startTime when it started: clock ticks since boot
 */
public record ProcessStat(
    int pid,
    String command,
    char state,
    int parent,
    int processGroup,
    int session,
    int terminal,
    long startTime) {

  // Positions after the closing parenthesis of the command, whose own text may hold anything.
  private static final int STATE = 0;
  private static final int PARENT = 1;
  private static final int GROUP = 2;
  private static final int SESSION = 3;
  private static final int TERMINAL = 4;
  private static final int START_TIME = 19;

  /** Whether it still runs: not a zombie, not dead. */
  public boolean isAlive() {
    return state != 'Z' && state != 'X' && state != 'x';
  }

  static ProcessStat parse(Path file, String text) {
    int open = text.indexOf('(');
    int close = text.lastIndexOf(')');
    if (open < 2 || close < open || text.charAt(open - 1) != ' ') {
      throw new ProcException(file, "no command in parentheses");
    }
    String[] fields = new String[START_TIME + 1];
    int count = split(text.substring(close + 1).strip(), fields);
    if (count < fields.length || fields[STATE].length() != 1) {
      throw new ProcException(file, "only " + count + " fields after the command");
    }
    return new ProcessStat(
        number(file, text.substring(0, open - 1)),
        BoundedFile.utf8(text.substring(open + 1, close)),
        fields[STATE].charAt(0),
        number(file, fields[PARENT]),
        number(file, fields[GROUP]),
        number(file, fields[SESSION]),
        number(file, fields[TERMINAL]),
        Numbers.parseLong(fields[START_TIME])
            .orElseThrow(() -> new ProcException(file, "start time is not a number")));
  }

  /** The first fields, as far as they are used; the others are many, and are asked for often. */
  private static int split(String text, String[] fields) {
    int count = 0;
    int at = 0;
    while (count < fields.length && at < text.length()) {
      int end = text.indexOf(' ', at);
      int stop = end < 0 ? text.length() : end;
      boolean used = count <= TERMINAL || count == START_TIME;
      fields[count++] = used ? text.substring(at, stop) : "";
      at = stop + 1;
    }
    return count;
  }

  // A group outside of the reader's pid namespace prints as -1 or 0, terminals can be negative.
  private static int number(Path file, String text) {
    boolean negative = text.startsWith("-");
    Optional<Integer> number = Numbers.parseInt(negative ? text.substring(1) : text);
    int value = number.orElseThrow(() -> new ProcException(file, "not a number: " + text));
    return negative ? -value : value;
  }
}
