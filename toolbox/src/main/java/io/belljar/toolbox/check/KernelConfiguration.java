package io.belljar.toolbox.check;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The configuration that the running kernel was built with.
 *
 * @param source the file
 * @param values by option, without those that are not set
 */
public record KernelConfiguration(String source, Map<String, String> values) {
  private static final int MOST_BYTES = 4 << 20;

  /** Copies the map. */
  public KernelConfiguration {
    values = Map.copyOf(values);
  }

  /** What can be read of it on this machine. */
  static Optional<KernelConfiguration> read(String release) {
    return List.of(
            Path.of("/proc/config.gz"),
            Path.of("/boot/config-" + release),
            Path.of("/lib/modules/" + release + "/config"))
        .stream()
        .flatMap(file -> readFile(file).stream())
        .findFirst();
  }

  private static Optional<KernelConfiguration> readFile(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES);
      if (file.toString().endsWith(".gz")) {
        bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readNBytes(MOST_BYTES);
      }
      return Optional.of(parse(file.toString(), new String(bytes, StandardCharsets.ISO_8859_1)));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  static KernelConfiguration parse(String source, String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.lines().toList()) {
      int equals = line.indexOf('=');
      if (line.startsWith("CONFIG_") && equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return new KernelConfiguration(source, values);
  }

  /** {@code CONFIG_PID_NS=y}, or that it is not set. */
  public String describe(String option) {
    String value = values.get(option);
    return value == null ? option + " is not set" : option + "=" + value;
  }
}
