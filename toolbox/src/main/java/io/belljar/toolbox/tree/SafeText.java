package io.belljar.toolbox.tree;

import io.belljar.toolbox.table.DisplayText;

/**
 * Text that a process chose, made harmless: besides what {@link DisplayText} escapes also what is
 * invisible or changes the direction of writing, which could make a command look like another.
 */
final class SafeText {
  private SafeText() {}

  static String of(DisplayText display, String text) {
    StringBuilder safe = new StringBuilder();
    display
        .safe(text)
        .codePoints()
        .forEach(point -> {
          if (Character.getType(point) == Character.FORMAT) {
            safe.append("\\u{%x}".formatted(point));
          } else {
            safe.appendCodePoint(point);
          }
        });
    return safe.toString();
  }
}
