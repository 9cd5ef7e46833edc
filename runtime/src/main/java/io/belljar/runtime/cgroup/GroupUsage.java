package io.belljar.runtime.cgroup;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a container uses at this moment, by its groups (cgroup-v1/cpuacct.rst, memory.rst,
 * blkio-controller.rst, pids.rst; cgroup-v2.rst). What the machine does not count is empty.
 *
 * @param processorNanos processor time since its start
 * @param memory bytes, without file contents that nobody has used for a while
 * @param memoryLimit bytes; empty for none
 * @param blockRead bytes read from block devices
 * @param blockWritten bytes written to them
 * @param processes how many processes and threads
 */
public record GroupUsage(
    OptionalLong processorNanos,
    OptionalLong memory,
    OptionalLong memoryLimit,
    OptionalLong blockRead,
    OptionalLong blockWritten,
    OptionalLong processes) {
  /** v1 says "no limit" with the largest number of pages. */
  private static final long UNLIMITED = Long.MAX_VALUE >> 16;

  /** Reads it. */
  public static GroupUsage of(List<String> directories, GroupFiles files) {
    var reader = new Reader(directories, files);
    return new GroupUsage(
        reader.processorNanos(),
        reader.memory(),
        reader.memoryLimit(),
        reader.blockBytes("Read", "rbytes="),
        reader.blockBytes("Write", "wbytes="),
        number(reader.text("pids.current")));
  }

  private record Reader(List<String> directories, GroupFiles files) {
    Optional<String> text(String file) {
      return directories.stream()
          .flatMap(directory -> files.text(directory + "/" + file).stream())
          .findFirst();
    }

    OptionalLong memoryLimit() {
      OptionalLong limit = number(text("memory.limit_in_bytes").or(() -> text("memory.max")));
      return limit.orElse(0) < UNLIMITED ? limit : OptionalLong.empty();
    }

    OptionalLong processorNanos() {
      OptionalLong v1 = number(text("cpuacct.usage"));
      if (v1.isPresent()) {
        return v1;
      }
      OptionalLong micros = keyed("cpu.stat", "usage_usec ");
      return micros.isPresent() ? OptionalLong.of(micros.getAsLong() * 1000) : micros;
    }

    /** As Docker counts it: the kernel gives inactive file contents back whenever it needs to. */
    OptionalLong memory() {
      OptionalLong v1 = number(text("memory.usage_in_bytes"));
      OptionalLong used = v1.isPresent() ? v1 : number(text("memory.current"));
      String key = v1.isPresent() ? "total_inactive_file " : "inactive_file ";
      long inactive = keyed("memory.stat", key).orElse(0);
      return used.isPresent() ? OptionalLong.of(Math.max(0, used.getAsLong() - inactive)) : used;
    }

    private OptionalLong keyed(String file, String key) {
      return text(file).stream()
          .flatMap(String::lines)
          .filter(line -> line.startsWith(key))
          .map(line -> number(Optional.of(line.substring(key.length()))))
          .findFirst()
          .orElseGet(OptionalLong::empty);
    }

    /** v1 has a line for each device and direction, v2 one for each device. */
    OptionalLong blockBytes(String v1, String v2) {
      Optional<String> throttled =
          text("blkio.throttle.io_service_bytes_recursive")
              .or(() -> text("blkio.throttle.io_service_bytes"));
      Optional<String> found = throttled.or(() -> text("io.stat"));
      if (found.isEmpty()) {
        return OptionalLong.empty();
      }
      long bytes = 0;
      for (String line : found.get().lines().toList()) {
        String[] words = line.split(" ");
        for (int i = 1; i < words.length; i++) {
          if (words[i].startsWith(v2)) {
            bytes += number(Optional.of(words[i].substring(v2.length()))).orElse(0);
          } else if (words[i].equals(v1) && i + 1 < words.length) {
            bytes += number(Optional.of(words[i + 1])).orElse(0);
          }
        }
      }
      return OptionalLong.of(bytes);
    }
  }

  private static OptionalLong number(Optional<String> text) {
    return text.map(String::strip)
        .filter(digits -> digits.matches("[0-9]{1,18}|[0-9]{19}"))
        .map(digits ->
            OptionalLong.of(
                digits.length() < 19 || digits.compareTo("9223372036854775807") <= 0
                    ? Long.parseLong(digits)
                    : Long.MAX_VALUE))
        .orElseGet(OptionalLong::empty);
  }
}
