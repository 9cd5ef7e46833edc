package io.belljar.cli.template;

import io.belljar.spec.json.JsonArray;
import io.belljar.spec.json.JsonBoolean;
import io.belljar.spec.json.JsonNull;
import io.belljar.spec.json.JsonNumber;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonString;
import io.belljar.spec.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The functions of Go's templates and of Docker's that {@code --format} has. */
final class TemplateFunctions {
  /** Those whose result holds no foreign control characters: they write it as it stands. */
  static final Set<String> WRITING = Set.of("print", "println", "printf", "json", "join");

  private static final String NAMES =
      "json, join, split, upper, lower, title, print, println, printf, len, index, eq, ne, lt, gt,"
          + " and, or, not";

  private static final int MOST_PARTS = 1 << 16;

  /** What each string takes of memory besides its text. */
  private static final int CHARACTERS_OF_A_STRING = 16;

  private TemplateFunctions() {}

  static JsonValue call(String name, List<JsonValue> args, TemplateWork work) {
    work.step(args.stream().mapToLong(TemplateFunctions::size).sum());
    return switch (name) {
      case "json" -> text(work.made(TemplateText.json(one(name, args))));
      case "join" -> join(args, work);
      case "split" -> split(args, work);
      case "upper" -> text(work.made(string(name, args).toUpperCase(Locale.ROOT)));
      case "lower" -> text(work.made(string(name, args).toLowerCase(Locale.ROOT)));
      case "title" -> text(work.made(title(string(name, args))));
      case "print" -> text(joined(args, "", work));
      case "println" -> text(joined(args, " ", work) + "\n");
      case "printf" -> text(TemplateText.printf(args, work));
      case "len" -> JsonNumber.of(length(one(name, args)));
      case "index" -> index(args);
      case "eq" -> JsonBoolean.of(args.stream().skip(1).anyMatch(two(name, args)::equals));
      case "ne" -> JsonBoolean.of(!two(name, args).equals(args.get(1)));
      case "lt" -> JsonBoolean.of(compare(name, args) < 0);
      case "gt" -> JsonBoolean.of(compare(name, args) > 0);
      case "not" -> JsonBoolean.of(!isTrue(one(name, args)));
      case "and" -> args.stream().filter(arg -> !isTrue(arg)).findFirst().orElseGet(args::getLast);
      case "or" ->
          args.stream().filter(TemplateFunctions::isTrue).findFirst().orElseGet(args::getLast);
      default ->
          throw new TemplateException("there is no function \"" + name + "\"; there are " + NAMES);
    };
  }

  private static JsonValue text(String text) {
    return new JsonString(text);
  }

  private static JsonValue one(String name, List<JsonValue> args) {
    if (args.size() != 1) {
      throw new TemplateException(name + " takes one argument, not " + args.size());
    }
    return args.getFirst();
  }

  private static JsonValue two(String name, List<JsonValue> args) {
    if (args.size() < 2) {
      throw new TemplateException(name + " takes two arguments, not " + args.size());
    }
    return args.getFirst();
  }

  private static String string(String name, List<JsonValue> args) {
    return TemplateText.plain(one(name, args));
  }

  /** In characters, roughly. */
  private static long size(JsonValue value) {
    return switch (value) {
      case JsonString string -> string.value().length();
      case JsonArray array -> array.elements().size();
      case JsonObject object -> object.members().size();
      default -> 1;
    };
  }

  private static String title(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static JsonValue join(List<JsonValue> args, TemplateWork work) {
    if (two("join", args) instanceof JsonArray array) {
      return text(joined(array.elements(), TemplateText.plain(args.get(1)), work));
    }
    throw new TemplateException("join takes a list and a separator");
  }

  private static String joined(List<JsonValue> values, String separator, TemplateWork work) {
    StringJoiner text = new StringJoiner(separator);
    for (JsonValue value : values) {
      text.add(work.made(TemplateText.safe(value)));
      work.made(separator.length());
    }
    return text.toString();
  }

  private static JsonValue split(List<JsonValue> args, TemplateWork work) {
    String text = TemplateText.plain(two("split", args));
    String separator = TemplateText.plain(args.get(1));
    String[] parts = text.split(Pattern.quote(separator), MOST_PARTS + 1);
    if (parts.length > MOST_PARTS) {
      throw new TemplateException("split: more than " + MOST_PARTS + " parts");
    }
    work.made(text.length() + (long) parts.length * CHARACTERS_OF_A_STRING);
    return JsonArray.ofStrings(List.of(parts));
  }

  private static long length(JsonValue value) {
    return switch (value) {
      case JsonArray array -> array.elements().size();
      case JsonObject object -> object.members().size();
      case JsonNull _ -> 0;
      default -> TemplateText.plain(value).codePoints().count();
    };
  }

  /** As Go does it: a key that a map has not gives nothing. */
  private static JsonValue index(List<JsonValue> args) {
    JsonValue value = two("index", args);
    for (JsonValue key : args.subList(1, args.size())) {
      value =
          switch (value) {
            case JsonObject object ->
                object.get(TemplateText.plain(key)).orElse(new JsonString(""));
            case JsonArray array -> element(array, TemplateText.plain(key));
            default -> throw new TemplateException("index takes a list or an object, and a key");
          };
    }
    return value;
  }

  private static JsonValue element(JsonArray array, String key) {
    if (!key.matches("[0-9]{1,9}") || Integer.parseInt(key) >= array.elements().size()) {
      throw new TemplateException(
          "index: there is no element %s of %d".formatted(key, array.elements().size()));
    }
    return array.elements().get(Integer.parseInt(key));
  }

  private static int compare(String name, List<JsonValue> args) {
    JsonValue first = two(name, args);
    JsonValue second = args.get(1);
    return first instanceof JsonNumber a && second instanceof JsonNumber b
        ? new BigDecimal(a.literal()).compareTo(new BigDecimal(b.literal()))
        : TemplateText.plain(first).compareTo(TemplateText.plain(second));
  }

  /** Whether an {@code if} holds: nothing, zero and what is empty do not. */
  static boolean isTrue(JsonValue value) {
    return switch (value) {
      case JsonBoolean flag -> flag.value();
      case JsonString string -> !string.value().isEmpty();
      case JsonNumber number -> new BigDecimal(number.literal()).signum() != 0;
      case JsonArray array -> !array.elements().isEmpty();
      case JsonObject object -> !object.members().isEmpty();
      case JsonNull _ -> false;
    };
  }

  /** The members of an object by name, as Go ranges over maps. */
  static SortedMap<String, JsonValue> sorted(JsonObject object) {
    return new TreeMap<>(object.members());
  }
}
