package io.belljar.runtime.rootfs;

import io.belljar.linux.text.TerminalText;
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

  /** A hostile name as it can be printed: in quotes, on one line, and not without end. */
  static String quoted(String name) {
    boolean whole = name.length() <= MAX_QUOTED;
    String shown = whole ? name : name.substring(0, MAX_QUOTED) + "…";
    return '"' + TerminalText.printable(shown.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static FileSystemException refused(String reason) {
    return new FileSystemException("", null, reason);
  }
}
