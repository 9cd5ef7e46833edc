package io.belljar.linux.proc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What /proc/PID/status says (proc_pid_status(5)), as far as Belljar uses it. Lines that the
 * running kernel does not print are zero or empty.
 *
 * @param name the first 15 bytes of the program's name, with the kernel's escapes
 * @param uids four numbers: real, effective, saved, file system
 * @param gids four numbers, in the same order
 * @param groups the supplementary groups
 * @param namespacePids its number in every pid namespace from the reader's inwards
 * @param threads how many threads it has
 * @param seccompMode 0 none, 1 strict, 2 filter
 */
public record ProcessStatus(
    String name,
    int pid,
    int parent,
    int umask,
    List<Long> uids,
    List<Long> gids,
    List<Long> groups,
    List<Integer> namespacePids,
    int threads,
    Capabilities capabilities,
    boolean noNewPrivileges,
    int seccompMode,
    int seccompFilters) {

  /** The five capability sets of a thread, each a 64-bit mask (capabilities(7)). */
  public record Capabilities(
      long inheritable, long permitted, long effective, long bounding, long ambient) {}

  static ProcessStatus parse(Path file, String text) {
    Reader reader = new Reader(file, "\n" + text);
    return new ProcessStatus(
        BoundedFile.utf8(reader.value("Name")),
        (int) reader.number("Pid", 10),
        (int) reader.number("PPid", 10),
        (int) reader.number("Umask", 8),
        reader.ids("Uid"),
        reader.ids("Gid"),
        reader.numbers("Groups"),
        reader.numbers("NSpid").stream().map(Long::intValue).toList(),
        (int) reader.number("Threads", 10),
        new Capabilities(
            reader.number("CapInh", 16),
            reader.number("CapPrm", 16),
            reader.number("CapEff", 16),
            reader.number("CapBnd", 16),
            reader.number("CapAmb", 16)),
        reader.number("NoNewPrivs", 10) != 0,
        (int) reader.number("Seccomp", 10),
        (int) reader.number("Seccomp_filters", 10));
  }

  /**
   * Looks for its lines where they are, as every command begins with reading such a file.
   *
   * @param text with a newline before each line
   */
  private record Reader(Path file, String text) {
    /**
     * What stands behind the key; empty where there is no such line. The kernel escapes newlines in
     * Name, so a process cannot forge a line.
     */
    String value(String key) {
      int line = text.indexOf("\n" + key + ":");
      if (line < 0) {
        return "";
      }
      int start = line + key.length() + 2;
      int end = text.indexOf('\n', start);
      return text.substring(start, end < 0 ? text.length() : end).strip();
    }

    long number(String key, int radix) {
      String digits = value(key);
      try {
        return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, radix);
      } catch (NumberFormatException e) {
        throw new ProcException(file, key + " is not a number: " + digits, e);
      }
    }

    List<Long> numbers(String key) {
      List<Long> numbers = new ArrayList<>();
      for (String word : ProcFs.words(value(key))) {
        numbers.add(
            Numbers.parseLong(word)
                .orElseThrow(() -> new ProcException(file, key + ": not a number: " + word)));
      }
      return List.copyOf(numbers);
    }

    List<Long> ids(String key) {
      List<Long> ids = numbers(key);
      if (ids.size() != 4) {
        throw new ProcException(file, key + " has " + ids.size() + " numbers instead of 4");
      }
      return ids;
    }
  }
}
