package io.belljar.cli.template;

import io.belljar.linux.text.TerminalText;
import io.belljar.spec.json.JsonArray;
import io.belljar.spec.json.JsonBoolean;
import io.belljar.spec.json.JsonNull;
import io.belljar.spec.json.JsonNumber;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonString;
import io.belljar.spec.json.JsonValue;
import io.belljar.spec.json.JsonWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Values as text, as Go prints them. */
final class TemplateText {
  private TemplateText() {}

  /** As it is. */
  static String plain(JsonValue value) {
    return switch (value) {
      case JsonString string -> string.value();
      case JsonNumber number -> number.literal();
      case JsonBoolean flag -> Boolean.toString(flag.value());
      case JsonNull _ -> "<no value>";
      case JsonArray array ->
          array.elements().stream()
              .map(TemplateText::plain)
              .collect(Collectors.joining(" ", "[", "]"));
      case JsonObject object ->
          TemplateFunctions.sorted(object).entrySet().stream()
              .map(entry -> entry.getKey() + ":" + plain(entry.getValue()))
              .collect(Collectors.joining(" ", "map[", "]"));
    };
  }

  /** With control characters as escapes: values come from containers and their makers. */
  static String safe(JsonValue value) {
    return TerminalText.printable(plain(value));
  }

  /** As JSON on one line; what a terminal would act on is escaped, which JSON allows. */
  static String json(JsonValue value) {
    return TerminalText.printableJson(JsonWriter.write(value, JsonWriter.Layout.COMPACT));
  }

  /** Go's printf, for the verbs that values of JSON have. */
  static String printf(List<JsonValue> args, TemplateWork work) {
    if (args.isEmpty()) {
      throw new TemplateException("printf takes a format");
    }
    String format = work.made(plain(args.getFirst()));
    StringBuilder text = new StringBuilder();
    int next = 1;
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        text.append(c);
        continue;
      }
      int start = i++;
      while (i < format.length() - 1 && "-+0123456789.".indexOf(format.charAt(i)) >= 0) {
        i++;
      }
      char verb = format.charAt(i);
      if (verb == '%') {
        text.append('%');
        continue;
      }
      if (next == args.size()) {
        throw new TemplateException(
            "printf: there is no value for " + format.substring(start, i + 1));
      }
      String value =
          switch (verb) {
            case 's', 'v', 'd', 't' -> safe(args.get(next));
            case 'q' -> "\"" + safe(args.get(next)).replace("\"", "\\\"") + "\"";
            default -> throw new TemplateException("printf: %" + verb + " is not supported");
          };
      next++;
      text.append(work.made(padded(format.substring(start + 1, i), value)));
    }
    return text.toString();
  }

  private static String padded(String flags, String value) {
    if (flags.isEmpty()) {
      return value;
    }
    if (!flags.matches("-?[1-9][0-9]{0,2}")) {
      throw new TemplateException("printf: %" + flags + " is not supported");
    }
    return ("%" + flags + "s").formatted(value);
  }
}
