package io.belljar.linux.proc;

import java.util.Optional;

/** Numbers as the kernel prints them: decimal digits, nothing else. */
final class Numbers {
  private Numbers() {}

  /** The number, or empty when the text is not one that fits. A sign is no digit. */
  static Optional<Integer> parseInt(String text) {
    return parseLong(text).filter(n -> n <= Integer.MAX_VALUE).map(Long::intValue);
  }

  /** The number, or empty when the text is not one that fits. A sign is no digit. */
  static Optional<Long> parseLong(String text) {
    if (text.isEmpty() || text.length() > 19) {
      return Optional.empty();
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty(); // 19 digits can still be above 2^63-1
    }
  }
}
