package io.belljar.spec.json;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes JSON as Go's {@code encoding/json} does, which the tools that read runc's output know: the
 * same spacing and the same escapes ({@code <}, {@code >}, {@code &}, U+2028 and U+2029 too).
 */
public final class JsonWriter {
  /** How a document is laid out. */
  public enum Layout {
    /** One line without spaces: {@code list --format json}, the input of hooks. */
    COMPACT(""),
    /** {@code state}. */
    TWO_SPACES("  "),
    /** {@code features}. */
    FOUR_SPACES("    "),
    /** {@code spec}. */
    TABS("\t");

    private final String indent;

    Layout(String indent) {
      this.indent = indent;
    }
  }

  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(1024);
  private final Layout layout;

  private JsonWriter(Layout layout) {
    this.layout = layout;
  }

  /** The text of {@code value}, without a line feed at its end. */
  public static String write(JsonValue value, Layout layout) {
    JsonWriter writer = new JsonWriter(layout);
    writer.value(value, 0);
    return writer.out.toString();
  }

  /** The same as UTF-8. */
  public static byte[] writeBytes(JsonValue value, Layout layout) {
    return write(value, layout).getBytes(StandardCharsets.UTF_8);
  }

  /** {@code text} as a JSON string with its quotes: for messages, where it stays on one line. */
  public static String quote(String text) {
    JsonWriter writer = new JsonWriter(Layout.COMPACT);
    writer.string(text);
    return writer.out.toString();
  }

  // A switch over types is put together when it is first reached, while the first caller waits.
  @SuppressWarnings("IfChainToSwitch")
  private void value(JsonValue value, int depth) {
    if (value instanceof JsonObject object) {
      object(object, depth);
    } else if (value instanceof JsonArray array) {
      array(array, depth);
    } else if (value instanceof JsonString string) {
      string(string.value());
    } else if (value instanceof JsonNumber number) {
      out.append(number.literal());
    } else if (value instanceof JsonBoolean flag) {
      out.append(flag.value());
    } else {
      out.append("null");
    }
  }

  private void object(JsonObject object, int depth) {
    out.append('{');
    Iterator<Map.Entry<String, JsonValue>> members = object.members().entrySet().iterator();
    boolean empty = !members.hasNext();
    while (members.hasNext()) {
      Map.Entry<String, JsonValue> member = members.next();
      line(depth + 1);
      string(member.getKey());
      out.append(layout == Layout.COMPACT ? ":" : ": ");
      value(member.getValue(), depth + 1);
      if (members.hasNext()) {
        out.append(',');
      }
    }
    if (!empty) {
      line(depth);
    }
    out.append('}');
  }

  private void array(JsonArray array, int depth) {
    out.append('[');
    Iterator<JsonValue> elements = array.elements().iterator();
    while (elements.hasNext()) {
      line(depth + 1);
      value(elements.next(), depth + 1);
      if (elements.hasNext()) {
        out.append(',');
      }
    }
    if (!array.elements().isEmpty()) {
      line(depth);
    }
    out.append(']');
  }

  private void line(int depth) {
    if (layout != Layout.COMPACT) {
      out.append('\n');
      out.repeat(layout.indent, depth);
    }
  }

  private void string(String text) {
    out.append('"');
    int plain = 0; // from here on nothing was to be escaped: most texts are written at once
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPlain(c)) {
        continue;
      }
      out.append(text, plain, i);
      plain = i + 1;
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '<', '>', '&', '\u2028', '\u2029' -> escape(c);
        default -> {
          if (c < ' ') {
            escape(c);
          } else if (Character.isSurrogate(c) && !pairAt(text, i)) {
            out.append("\\ufffd");
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append(text, plain, text.length()).append('"');
  }

  /** Of ASCII, without those that are ever escaped. */
  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
  }

  /** Whether the surrogate at {@code i} is half of a pair; UTF-8 has no form for a lone one. */
  private static boolean pairAt(String text, int i) {
    if (Character.isHighSurrogate(text.charAt(i))) {
      return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
    }
    return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }

  private void escape(char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt((c >> shift) & 0xf));
    }
  }
}
