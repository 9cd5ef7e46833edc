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
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return Optional.empty();
      }
      number = 10 * number + (c - '0');
    }
    // 19 digits can be above 2^63-1, but not above 2^64-1.
    return number < 0 ? Optional.empty() : Optional.of(number);
  }
}
