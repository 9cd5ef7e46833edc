package io.belljar.plan;

/** Writes JSON text (RFC 8259), compact and in the order of the calls. */
final class Json {
  private final StringBuilder text = new StringBuilder();
  private boolean comma;

  Json begin(char bracket) {
    separate();
    text.append(bracket);
    comma = false;
    return this;
  }

  Json end(char bracket) {
    text.append(bracket);
    comma = true;
    return this;
  }

  Json name(String name) {
    separate();
    quote(name);
    text.append(':');
    comma = false;
    return this;
  }

  Json value(String value) {
    separate();
    quote(value);
    return this;
  }

  Json value(long value) {
    separate();
    text.append(value);
    return this;
  }

  Json value(boolean value) {
    separate();
    text.append(value);
    return this;
  }

  private void separate() {
    if (comma) {
      text.append(',');
    }
    comma = true;
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char unit = value.charAt(i);
      switch (unit) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        default -> {
          // A lone surrogate stands for a byte that is not UTF-8 and must not be written as it is.
          if (unit < ' ' || unit == 0x7F || loneSurrogate(value, i)) {
            text.append("\\u%04x".formatted((int) unit));
          } else {
            text.append(unit);
          }
        }
      }
    }
    text.append('"');
  }

  private static boolean loneSurrogate(String value, int at) {
    char unit = value.charAt(at);
    boolean paired =
        Character.isHighSurrogate(unit)
            ? at + 1 < value.length() && Character.isLowSurrogate(value.charAt(at + 1))
            : at > 0 && Character.isHighSurrogate(value.charAt(at - 1));
    return Character.isSurrogate(unit) && !paired;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
