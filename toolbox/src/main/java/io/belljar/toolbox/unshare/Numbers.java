package io.belljar.toolbox.unshare;

import io.belljar.toolbox.command.Refusal;
import java.util.OptionalLong;

/** Numbers as they are typed. */
final class Numbers {
  private Numbers() {}

  /** A user's or group's number; empty when the text is none. */
  static OptionalLong id(String text) {
    if (!text.matches("\\+?[0-9]{1,10}")) {
      return OptionalLong.empty();
    }
    long id = Long.parseLong(text);
    return id > IdRange.UNSET ? OptionalLong.empty() : OptionalLong.of(id);
  }

  /** A number of seconds, which may be negative. */
  static long seconds(String text, String clock) {
    if (text.matches("[+-]?[0-9]{1,18}")) {
      return Long.parseLong(text);
    }
    throw new Refusal("failed to parse %s offset: '%s'".formatted(clock, text));
  }
}
