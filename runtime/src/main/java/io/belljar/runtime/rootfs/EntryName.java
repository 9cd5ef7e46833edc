package io.belljar.runtime.rootfs;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;

/**
 * A name from a tarball that stays inside the root.
 *
 * @param components without {@code .}, {@code ..} and empty ones; none at all is the root itself
 */
record EntryName(List<String> components) {
  private static final int MAX_COMPONENT = 255; // NAME_MAX
  private static final int MAX_QUOTED = 200;

  EntryName {
    components = List.copyOf(components);
  }

  /**
   * Checks a name.
   *
   * @throws FileSystemException its reason says what is wrong with it
   */
  static EntryName parse(String name, Limits limits) throws FileSystemException {
    if (name.isEmpty()) {
      throw refused("an empty name");
    }
    if (name.indexOf('\0') >= 0) {
      throw refused("has a NUL in its name");
    }
    if (name.startsWith("/")) {
      throw refused("an absolute name: leaves the root");
    }
    if (bytes(name) > limits.nameBytes()) {
      throw refused("its name is longer than " + limits.nameBytes() + " bytes");
    }
    List<String> components = new ArrayList<>();
    boolean up = false;
    int depth = 0;
    for (String component : name.split("/")) {
      if (component.equals("..")) {
        up = true;
        if (--depth < 0) {
          throw refused("leaves the root");
        }
      } else if (!component.isEmpty() && !component.equals(".")) {
        if (bytes(component) > MAX_COMPONENT) {
          throw refused("a part of its name is longer than " + MAX_COMPONENT + " bytes");
        }
        components.add(component);
        depth++;
      }
    }
    if (up) {
      // Where ".." leads depends on the links before it. No archiver writes such a name.
      throw refused("has \"..\" in its name");
    }
    if (components.size() > limits.depth()) {
      throw refused("lies deeper than " + limits.depth() + " directories");
    }
    return new EntryName(components);
  }

  /** A hostile name as it can be printed: in quotes, on one line, without control characters. */
  static String quoted(String name) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (i >= MAX_QUOTED) {
        text.append("…");
        break;
      } else if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static FileSystemException refused(String reason) {
    return new FileSystemException("", null, reason);
  }
}
