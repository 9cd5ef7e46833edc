package io.belljar.runtime.mount;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths inside a root. */
final class InRoot {
  private InRoot() {}

  /**
   * A path of a configuration, relative to the root: {@code /dev/./pts/} is {@code dev/pts}, {@code
   * /} is empty. {@code ..} is taken off by name, as runc does; links are the kernel's to follow,
   * inside the root, when a step resolves the path.
   */
  static String path(String configured) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : configured.split("/", -1)) {
      switch (part) {
        case "", "." -> {}
        case ".." -> parts.pollLast();
        default -> parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }
}
