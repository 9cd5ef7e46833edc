package io.belljar.cli.people;

import io.belljar.InvalidIsolationException;
import io.belljar.planner.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code --env} and {@code --env-file}: {@code NAME=value}, or {@code NAME} for the caller's own
 * value, if it has one.
 */
public final class Variables {
  private static final long MOST_BYTES = 1 << 20;

  private Variables() {}

  /** One {@code --env}. */
  public static Optional<String> of(String text, Environment caller) {
    if (text.isEmpty() || text.startsWith("=")) {
      throw new InvalidIsolationException("env", "\"" + text + "\" has no name");
    }
    return text.contains("=")
        ? Optional.of(text)
        : caller.get(text).map(value -> text + "=" + value);
  }

  /** A file: a variable a line; lines that are empty or begin with # do not count. */
  public static List<String> file(Path file, Environment caller) {
    List<String> variables = new ArrayList<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).stripLeading();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String name = line.contains("=") ? line.substring(0, line.indexOf('=')) : line;
      if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
        throw new InvalidIsolationException(
            "env-file", "%s: line %d has no name without spaces".formatted(file, i + 1));
      }
      of(line, caller).ifPresent(variables::add);
    }
    return variables;
  }

  private static List<String> lines(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        throw new InvalidIsolationException(
            "env-file",
            file + (Files.exists(file) ? " is not a file of at most 1 MiB" : " does not exist"));
      }
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InvalidIsolationException("env-file", file + " cannot be read as UTF-8 text");
    }
  }
}
