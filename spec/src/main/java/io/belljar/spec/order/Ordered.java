package io.belljar.spec.order;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Unmodifiable copies that keep the order of the original.
 *
 * <p>{@link Map#copyOf} and {@link Set#copyOf} iterate in an order that differs from one JVM to the
 * next; a document that is read and written again must not change its order.
 */
public final class Ordered {
  private Ordered() {}

  /** Copies {@code map}; a null key or value is refused with {@link NullPointerException}. */
  public static <K, V> Map<K, V> copy(Map<? extends K, ? extends V> map) {
    if (map.isEmpty()) {
      return Map.of();
    }
    Map<K, V> copy = new LinkedHashMap<>(map);
    copy.forEach((key, value) -> {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(value, "value");
    });
    return Collections.unmodifiableMap(copy);
  }

  /** Copies {@code elements} without their repetitions; null is refused. */
  public static <T> Set<T> copy(Collection<? extends T> elements) {
    if (elements.isEmpty()) {
      return Set.of();
    }
    Set<T> copy = new LinkedHashSet<>(elements);
    copy.forEach(Objects::requireNonNull);
    return Collections.unmodifiableSet(copy);
  }
}
