package io.belljar.spec.config;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Paths in a container, as strings: {@link java.nio.file.Path} refuses names that the host's locale
 * cannot express.
 */
final class ContainerPath {
  private ContainerPath() {}

  /**
   * The absolute path without empty components, {@code .} and {@code ..}, by its text alone: links
   * are not followed, and {@code ..} does not lead above the root.
   */
  static String normalize(String path) {
    Deque<String> components = new ArrayDeque<>();
    for (String component : path.split("/", -1)) {
      switch (component) {
        case "", "." -> {}
        case ".." -> components.pollLast();
        default -> components.addLast(component);
      }
    }
    return "/" + String.join("/", components);
  }
}
