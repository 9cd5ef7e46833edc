package io.belljar.spec.linux;

import java.util.Optional;

/**
 * {@code linux.namespaces[]}.
 *
 * @param type which one
 * @param path the namespace to join, absolute; absent: a new one is made
 */
public record Namespace(NamespaceType type, Optional<String> path) {
  /** A new namespace. */
  public static Namespace created(NamespaceType type) {
    return new Namespace(type, Optional.empty());
  }

  /** An existing namespace. */
  public static Namespace joined(NamespaceType type, String path) {
    return new Namespace(type, Optional.of(path));
  }
}
