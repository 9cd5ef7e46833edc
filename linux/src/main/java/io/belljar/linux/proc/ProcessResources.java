package io.belljar.linux.proc;

import java.nio.file.Path;

/**
 * What a process uses, from the same line as {@link ProcessStat} (proc_pid_stat(5)).
 *
 * @param ticks processor time of it and its threads, in hundredths of a second
 * @param nice -20 to 19
 * @param threads how many
 * @param virtualBytes the size of its address space
 * @param residentPages how much of that is in memory
 */
public record ProcessResources(
    long ticks, long nice, long threads, long virtualBytes, long residentPages) {
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int NICE = 16;
  private static final int THREADS = 17;
  private static final int VIRTUAL = 20;
  private static final int RESIDENT = 21;

  static ProcessResources parse(Path file, String text) {
    String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ");
    if (fields.length <= RESIDENT) {
      throw new ProcException(file, "only " + fields.length + " fields after the command");
    }
    return new ProcessResources(
        number(file, fields[USER]) + number(file, fields[SYSTEM]),
        number(file, fields[NICE]),
        number(file, fields[THREADS]),
        number(file, fields[VIRTUAL]),
        number(file, fields[RESIDENT]));
  }

  private static long number(Path file, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ProcException(file, "not a number: " + text, e);
    }
  }
}
