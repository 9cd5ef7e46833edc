package io.belljar.linux.proc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of uid_map or gid_map (user_namespaces(7)).
 *
 * @param inside the first id inside of the process's user namespace
 * @param outside the first id in the reader's user namespace
 * @param length how many ids, from 1
 */
public record IdMapping(long inside, long outside, long length) {
  static List<IdMapping> parseAll(Path file, String text) {
    List<IdMapping> mappings = new ArrayList<>();
    for (String line : ProcFs.lines(text)) {
      String[] fields = line.strip().split(" +");
      if (fields.length != 3) {
        throw new ProcException(file, "not a mapping: " + line.strip());
      }
      long[] numbers = new long[3];
      for (int i = 0; i < 3; i++) {
        numbers[i] =
            Numbers.parseLong(fields[i])
                .orElseThrow(() -> new ProcException(file, "not a mapping: " + line.strip()));
      }
      mappings.add(new IdMapping(numbers[0], numbers[1], numbers[2]));
    }
    return List.copyOf(mappings);
  }

  /** The kernel's own form, without its padding: {@code inside outside length}. */
  @Override
  public String toString() {
    return inside + " " + outside + " " + length;
  }
}
