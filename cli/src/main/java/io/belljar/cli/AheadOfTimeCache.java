package io.belljar.cli;

import io.belljar.planner.ResidentOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether the JVM uses the cache of the distribution. Where it does not, it says so in words of its
 * own, which do not say what is to be done, or it says nothing.
 */
final class AheadOfTimeCache {
  private static final String NAME = "belljar.aot";

  private AheadOfTimeCache() {}

  /** A line for the log, if there is a cache that should be used and is not. */
  static Optional<String> complaint(ResidentOptions options) {
    return options.home().map(home -> home.resolve("lib")).flatMap(AheadOfTimeCache::complaint);
  }

  private static Optional<String> complaint(Path lib) {
    if (!Files.exists(lib.resolve("planner.args")) || isMapped()) {
      return Optional.empty();
    }
    return Optional.of(
        "belljar: planner: starting took several times as long as it should, as the cache %s is"
                .formatted(lib.resolve(NAME))
            + " not used: it is missing or damaged, or was made by another JVM than %s %s; cure:"
                .formatted(System.getProperty("java.home"), System.getProperty("java.vm.version"))
            + " install Belljar again, or build it with this JVM");
  }

  /** As the kernel has it: the JVM maps what it uses. */
  private static boolean isMapped() {
    try {
      // The names of files that are mapped may be any bytes.
      return Files.readString(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1)
          .contains("/" + NAME);
    } catch (IOException e) {
      return true; // nothing is known, so nothing is said
    }
  }
}
