package io.belljar.spec.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Documents for tests. */
final class Documents {
  static final String PROCESS = "{\"args\": [\"sh\"], \"cwd\": \"/\"}";

  private Documents() {}

  /** Reads a configuration with {@code members} besides version and root. */
  static Config config(String... members) {
    StringBuilder text =
        new StringBuilder("{\"ociVersion\": \"1.2.0\", \"root\": {\"path\": \"r\"}");
    for (String member : members) {
      text.append(", ").append(member);
    }
    return read(text.append('}').toString());
  }

  /** Reads a configuration with a process that has {@code members} besides args and cwd. */
  static Config process(String... members) {
    StringBuilder text = new StringBuilder("\"process\": {\"args\": [\"sh\"], \"cwd\": \"/\"");
    for (String member : members) {
      text.append(", ").append(member);
    }
    return config(text.append('}').toString());
  }

  /** Reads a configuration with a process, and {@code members} of linux. */
  static Config linux(String... members) {
    return config("\"process\": " + PROCESS, "\"linux\": {" + String.join(", ", members) + "}");
  }

  static Config read(String text) {
    return ConfigReader.read(text.getBytes(StandardCharsets.UTF_8), "config.json");
  }

  /** A document from the resources beside this class. */
  static byte[] resource(String name) {
    try (InputStream in = Documents.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
