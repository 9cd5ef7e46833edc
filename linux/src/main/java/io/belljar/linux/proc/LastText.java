package io.belljar.linux.proc;

import java.util.function.Function;

/**
 * What was made of a text, kept for as long as the text stays the same. A planner reads the same
 * files for every request, and they say the same: they have to be read again, not parsed.
 *
 * @param <T> immutable
 */
final class LastText<T> {
  // A text that a process made long is parsed each time rather than kept.
  private static final int LONGEST = 64 << 10;

  private record Known<T>(String text, T value) {}

  private final Function<String, T> parser;
  private volatile Known<T> last;

  LastText(Function<String, T> parser) {
    this.parser = parser;
    this.last = new Known<>("", parser.apply(""));
  }

  /** What this text says: the same object for the same text, as long as no other came between. */
  T parse(String text) {
    Known<T> known = last;
    if (known.text().equals(text)) {
      return known.value();
    }
    T value = parser.apply(text);
    if (text.length() <= LONGEST) {
      last = new Known<>(text, value);
    }
    return value;
  }
}
