package io.belljar.cli.people;

import io.belljar.InvalidIsolationException;
import io.belljar.Mount;
import io.belljar.assembly.ContainerHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code --volume}, {@code --mount} and {@code --tmpfs}, as Docker reads them.
 *
 * @param directory what relative paths count from
 * @param home where volumes are
 * @param make whether missing directories and volumes are made
 */
record MountTexts(Path directory, ContainerHome home, boolean make) {
  private static final Set<String> PROPAGATION =
      Set.of("private", "rprivate", "shared", "rshared", "slave", "rslave");
  // Labels of SELinux, hints for other systems, and what only images have.
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("z", "Z", "cached", "delegated", "consistent", "nocopy", "rbind");

  /** {@code SOURCE:TARGET[:OPTIONS]}: a source without a slash is the name of a volume. */
  Mount volume(String text) {
    List<String> parts = Arrays.asList(text.split(":", -1));
    if (parts.size() < 2 || parts.size() > 3 || parts.get(0).isEmpty()) {
      throw new InvalidIsolationException(
          "volume", "\"" + text + "\" is not SOURCE:TARGET or SOURCE:TARGET:ro");
    }
    boolean readOnly = false;
    String propagation = "rprivate";
    for (String option : parts.size() == 3 ? parts.get(2).split(",") : new String[0]) {
      if (option.equals("ro") || option.equals("rw")) {
        readOnly = option.equals("ro");
      } else if (PROPAGATION.contains(option)) {
        propagation = option;
      } else if (!WITHOUT_EFFECT.contains(option)) {
        throw new InvalidIsolationException(
            "volume", "\"" + text + "\": \"" + option + "\" is not an option, such as ro");
      }
    }
    Path source = source(parts.get(0));
    if (make && source.isAbsolute()) {
      makeDirectory(source);
    }
    return new Mount.Bind(source, parts.get(1), readOnly, propagation);
  }

  private Path source(String text) {
    if (text.startsWith("/") || text.startsWith(".") || text.startsWith("~")) {
      return directory.resolve(text).normalize();
    }
    return volumeDirectory("volume", text);
  }

  private Path volumeDirectory(String option, String name) {
    if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]+")) {
      throw new InvalidIsolationException(
          option,
          "\""
              + name
              + "\" is neither a path (/… or ./…) nor the name of a volume: only letters, digits"
              + " and _ . - are allowed, at least two");
    }
    return make ? home.volume(name) : home.directory().resolve("volumes").resolve(name);
  }

  /** As Docker does for {@code -v}, though not for {@code --mount}. */
  private static void makeDirectory(Path path) {
    try {
      if (!Files.exists(path)) {
        Files.createDirectories(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code type=bind|volume|tmpfs,source=…,target=…,readonly}. */
  Mount mount(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : text.split(",", -1)) {
      int equals = field.indexOf('=');
      String key = equals < 0 ? field : field.substring(0, equals);
      fields.put(key, equals < 0 ? "true" : field.substring(equals + 1));
    }
    String type = take(fields, "volume", "type");
    String source = take(fields, "", "source", "src");
    String target = take(fields, "", "target", "destination", "dst");
    boolean readOnly = flag(text, take(fields, "false", "readonly", "ro"));
    if (target.isEmpty()) {
      throw wrong(text, "target is missing");
    }
    Mount mount =
        switch (type) {
          case "bind", "volume" -> {
            String propagation = take(fields, "rprivate", "bind-propagation");
            if (source.isEmpty() || !PROPAGATION.contains(propagation)) {
              throw wrong(
                  text,
                  source.isEmpty() ? "source is missing" : "\"" + propagation + "\" is unknown");
            }
            Path path =
                type.equals("bind")
                    ? directory.resolve(source).normalize()
                    : volumeDirectory("mount", source);
            yield new Mount.Bind(path, target, readOnly, propagation);
          }
          case "tmpfs" -> temporary(text, fields, target, readOnly);
          default -> throw wrong(text, "type \"" + type + "\" is not bind, volume or tmpfs");
        };
    if (!fields.isEmpty()) {
      throw wrong(text, "\"" + fields.keySet().iterator().next() + "\" is not a key that is known");
    }
    return mount;
  }

  private static Mount temporary(
      String text, Map<String, String> fields, String target, boolean readOnly) {
    List<String> options = new ArrayList<>();
    String size = take(fields, "", "tmpfs-size");
    if (!size.isEmpty()) {
      options.add("size=" + Quantities.bytes("mount", size));
    }
    String mode = take(fields, "", "tmpfs-mode");
    if (!mode.isEmpty() && !mode.matches("[0-7]{1,5}")) {
      throw wrong(text, "tmpfs-mode is not octal");
    }
    if (!mode.isEmpty()) {
      options.add("mode=" + mode);
    }
    if (readOnly) {
      options.add("ro");
    }
    return new Mount.Temporary(target, options);
  }

  private static String take(Map<String, String> fields, String otherwise, String... keys) {
    String value = otherwise;
    for (String key : keys) {
      String found = fields.remove(key);
      value = found == null ? value : found;
    }
    return value;
  }

  private static boolean flag(String text, String value) {
    return switch (value) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw wrong(text, "readonly is true or false");
    };
  }

  private static InvalidIsolationException wrong(String text, String problem) {
    return new InvalidIsolationException("mount", "\"" + text + "\": " + problem);
  }

  /** {@code TARGET[:OPTIONS]}. */
  static Mount temporary(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? Mount.temporary(text)
        : Mount.temporary(text.substring(0, colon), text.substring(colon + 1).split(","));
  }
}
