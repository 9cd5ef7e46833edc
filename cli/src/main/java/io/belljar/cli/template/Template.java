package io.belljar.cli.template;

import io.belljar.cli.template.TemplateNode.Command;
import io.belljar.cli.template.TemplateNode.Operand;
import io.belljar.cli.template.TemplateNode.Pipeline;
import io.belljar.linux.text.TerminalText;
import io.belljar.spec.json.JsonArray;
import io.belljar.spec.json.JsonNumber;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonString;
import io.belljar.spec.json.JsonValue;
import io.belljar.spec.json.JsonWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A template, read once and used for many values. Text of its own is written as it stands; control
 * characters of values are written as escapes.
 */
public final class Template {
  private static final int MOST_SHOWN = 60;

  private final List<TemplateNode> nodes;

  private Template(List<TemplateNode> nodes) {
    this.nodes = nodes;
  }

  /**
   * Reads a template.
   *
   * @throws TemplateException when it is not well formed
   */
  public static Template of(String text) {
    return new Template(TemplateParser.parse(text));
  }

  /**
   * Fills it in.
   *
   * @throws TemplateException when it names a field or a function that is not there
   */
  public String render(JsonObject data) {
    return render(data, Map.of());
  }

  /**
   * As {@link #render(JsonObject)}, with fields that take a key: {@code .Label "tier"}.
   *
   * @param keyed what each of them looks a key up in
   */
  public String render(JsonObject data, Map<String, Map<String, String>> keyed) {
    return new Rendering(data, keyed, false).text(nodes);
  }

  /**
   * The heading of a table's column, or of several: fields stand for their headings, and functions
   * for their arguments.
   */
  public String heading(JsonObject headings) {
    return new Rendering(headings, Map.of(), true).text(nodes);
  }

  /** A document that holds no character that a terminal would act on. */
  public static String json(JsonValue document, JsonWriter.Layout layout) {
    return TerminalText.printableJson(JsonWriter.write(document, layout));
  }

  private static final class Rendering {
    private final JsonObject data;
    private final Map<String, Map<String, String>> keyed;
    private final boolean heading;
    private final Map<String, JsonValue> variables = new HashMap<>();
    private final TemplateWork work = new TemplateWork();
    private final StringBuilder out = new StringBuilder();

    Rendering(JsonObject data, Map<String, Map<String, String>> keyed, boolean heading) {
      this.data = data;
      this.keyed = keyed;
      this.heading = heading;
    }

    String text(List<TemplateNode> nodes) {
      write(nodes, data);
      return out.toString();
    }

    private void write(List<TemplateNode> nodes, JsonValue dot) {
      for (TemplateNode node : nodes) {
        switch (node) {
          case TemplateNode.Text text -> out.append(work.made(text.text()));
          case TemplateNode.Action action -> write(action.pipeline(), dot);
          case TemplateNode.If condition -> write(condition, dot);
          case TemplateNode.Range range -> write(range, dot);
        }
      }
    }

    private void write(Pipeline pipeline, JsonValue dot) {
      String text = TemplateText.plain(value(pipeline, dot));
      boolean written =
          pipeline.commands().getLast().words().getFirst() instanceof TemplateNode.Name name
              && TemplateFunctions.WRITING.contains(name.name());
      out.append(work.made(written ? text : TerminalText.printable(text)));
    }

    private void write(TemplateNode.If condition, JsonValue dot) {
      for (TemplateNode.Branch branch : condition.branches()) {
        if (TemplateFunctions.isTrue(value(branch.condition(), dot))) {
          write(branch.body(), dot);
          return;
        }
      }
      write(condition.otherwise(), dot);
    }

    private void write(TemplateNode.Range range, JsonValue dot) {
      List<Map.Entry<JsonValue, JsonValue>> elements = elements(value(range.pipeline(), dot));
      if (elements.isEmpty()) {
        write(range.otherwise(), dot);
      }
      for (Map.Entry<JsonValue, JsonValue> element : elements) {
        work.step(0);
        List<String> names = range.variables();
        if (!names.isEmpty()) {
          variables.put(names.getLast(), element.getValue());
        }
        if (names.size() > 1) {
          variables.put(names.getFirst(), element.getKey());
        }
        write(range.body(), element.getValue());
      }
    }

    private List<Map.Entry<JsonValue, JsonValue>> elements(JsonValue value) {
      List<Map.Entry<JsonValue, JsonValue>> elements = new ArrayList<>();
      switch (value) {
        case JsonArray array -> {
          for (JsonValue element : array.elements()) {
            elements.add(Map.entry(JsonNumber.of(elements.size()), element));
          }
        }
        case JsonObject object ->
            TemplateFunctions.sorted(object)
                .forEach((key, member) -> elements.add(Map.entry(new JsonString(key), member)));
        default -> {
          if (TemplateFunctions.isTrue(value)) {
            throw new TemplateException(
                "range takes a list or an object, not " + TemplateText.safe(value));
          }
        }
      }
      return elements;
    }

    private JsonValue value(Pipeline pipeline, JsonValue dot) {
      Optional<JsonValue> before = Optional.empty();
      for (Command command : pipeline.commands()) {
        before = Optional.of(value(command, before, dot));
      }
      return before.orElseThrow();
    }

    private JsonValue value(Command command, Optional<JsonValue> before, JsonValue dot) {
      List<Operand> words = command.words();
      List<JsonValue> args = new ArrayList<>();
      words.stream().skip(1).forEach(word -> args.add(value(word, dot)));
      before.ifPresent(args::add);
      return switch (words.getFirst()) {
        case TemplateNode.Name name when heading ->
            args.isEmpty() ? new JsonString("") : args.getFirst();
        case TemplateNode.Name name -> TemplateFunctions.call(name.name(), args, work);
        case TemplateNode.Path path when !args.isEmpty() -> lookUp(path, args);
        case Operand word when args.isEmpty() -> value(word, dot);
        case Operand _ -> throw new TemplateException("a value takes no arguments");
      };
    }

    private JsonValue lookUp(TemplateNode.Path path, List<JsonValue> args) {
      String key = TemplateText.plain(args.getFirst());
      if (heading) {
        return new JsonString(key);
      }
      if (path.names().size() != 1 || !keyed.containsKey(path.names().getFirst())) {
        throw new TemplateException("." + String.join(".", path.names()) + " takes no arguments");
      }
      return new JsonString(keyed.get(path.names().getFirst()).getOrDefault(key, ""));
    }

    private JsonValue value(Operand word, JsonValue dot) {
      return switch (word) {
        case TemplateNode.Literal literal -> literal.value();
        case TemplateNode.Nested nested -> value(nested.pipeline(), dot);
        case TemplateNode.Name name -> TemplateFunctions.call(name.name(), List.of(), work);
        case TemplateNode.Path path -> field(path, dot);
      };
    }

    private JsonValue field(TemplateNode.Path path, JsonValue dot) {
      JsonValue value =
          switch (path.variable()) {
            case "" -> dot;
            case "$" -> data;
            default ->
                Optional.ofNullable(variables.get(path.variable()))
                    .orElseThrow(
                        () -> new TemplateException("there is no variable " + path.variable()));
          };
      StringBuilder way = new StringBuilder(path.variable());
      for (String name : path.names()) {
        value = member(value, name, way.toString());
        way.append('.').append(name);
      }
      return value;
    }

    private static JsonValue member(JsonValue value, String name, String way) {
      String shown = way.isEmpty() ? "." : way;
      if (!(value instanceof JsonObject object)) {
        throw new TemplateException(shown + " has no fields, so no ." + name);
      }
      return object
          .get(name)
          .orElseThrow(() -> {
            List<String> names = List.copyOf(object.members().keySet());
            String some = String.join(", ", names.subList(0, Math.min(names.size(), MOST_SHOWN)));
            return new TemplateException(
                "%s has no field \"%s\"; it has %s"
                    .formatted(shown, name, names.isEmpty() ? "none" : some));
          });
    }
  }
}
