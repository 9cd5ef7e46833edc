package io.belljar.cli.help;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code belljar help} explains: a page each, in the order in which to read them. */
public enum Topic {
  CONTAINERS,
  NAMESPACES,
  PROCESSES,
  MOUNTS,
  ROOTFS,
  USERS,
  NETWORKS,
  CGROUPS,
  LIMITS,
  CAPABILITIES,
  SECCOMP,
  SECURITY;

  /** All of them. */
  public static List<Topic> all() {
    return List.of(values());
  }

  /** The topic of a name. */
  public static Optional<Topic> of(String name) {
    return Arrays.stream(values()).filter(topic -> topic.word().equals(name)).findFirst();
  }

  /** Its name, as it is typed. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its page. */
  public Page page() {
    String resource = word() + ".md";
    try (InputStream stream = Topic.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("no page " + resource);
      }
      return Page.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it is about, in a few words: what the page's title says after the topic's name. */
  public String summary() {
    String title = page().title();
    return title.substring(title.indexOf(": ") + 2);
  }
}
