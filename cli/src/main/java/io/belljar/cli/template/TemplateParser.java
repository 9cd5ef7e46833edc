package io.belljar.cli.template;

import io.belljar.cli.template.TemplateNode.Branch;
import io.belljar.cli.template.TemplateNode.Command;
import io.belljar.cli.template.TemplateNode.Operand;
import io.belljar.cli.template.TemplateNode.Pipeline;
import io.belljar.spec.json.JsonBoolean;
import io.belljar.spec.json.JsonNumber;
import io.belljar.spec.json.JsonString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a template. */
final class TemplateParser {
  private static final int DEEPEST = 50;

  private final List<TemplateWords.Piece> pieces;
  private int at;
  private int depth;

  private TemplateParser(List<TemplateWords.Piece> pieces) {
    this.pieces = pieces;
  }

  static List<TemplateNode> parse(String template) {
    var parser = new TemplateParser(TemplateWords.pieces(template));
    List<TemplateNode> nodes = parser.body();
    if (parser.at < parser.pieces.size()) {
      throw new TemplateException("{{" + parser.pieces.get(parser.at).text() + "}} ends nothing");
    }
    return nodes;
  }

  /** Up to an {@code end} or {@code else}, or to the end of the template. */
  private List<TemplateNode> body() {
    if (++depth > DEEPEST) {
      throw new TemplateException("nested too deeply");
    }
    List<TemplateNode> nodes = new ArrayList<>();
    while (at < pieces.size()) {
      TemplateWords.Piece piece = pieces.get(at);
      String keyword = piece.action() ? keyword(piece.text()) : "";
      if (keyword.equals("end") || keyword.equals("else")) {
        break;
      }
      at++;
      if (!piece.action()) {
        nodes.add(new TemplateNode.Text(piece.text()));
      } else {
        nodes.add(node(keyword, piece.text()));
      }
    }
    depth--;
    return nodes;
  }

  private TemplateNode node(String keyword, String action) {
    return switch (keyword) {
      case "if" -> condition(rest(action, "if"));
      case "range" -> range(rest(action, "range"));
      case "with", "define", "template", "block", "break", "continue" ->
          throw new TemplateException("{{" + keyword + "}} is not supported; if and range are");
      default -> new TemplateNode.Action(pipeline(TemplateWords.words(action)));
    };
  }

  private static String keyword(String action) {
    return action.split("\\s", 2)[0];
  }

  private static String rest(String action, String keyword) {
    return action.substring(keyword.length()).strip();
  }

  private TemplateNode condition(String first) {
    List<Branch> branches = new ArrayList<>();
    String condition = first;
    while (true) {
      Pipeline pipeline = pipeline(TemplateWords.words(condition));
      branches.add(new Branch(pipeline, body()));
      String next = take("if");
      if (next.equals("end")) {
        return new TemplateNode.If(branches, List.of());
      }
      String otherwise = rest(next, "else");
      if (otherwise.isEmpty()) {
        List<TemplateNode> body = body();
        requireEnd("if");
        return new TemplateNode.If(branches, body);
      }
      if (!keyword(otherwise).equals("if")) {
        throw new TemplateException("{{" + next + "}} is neither {{else}} nor {{else if ...}}");
      }
      condition = rest(otherwise, "if");
    }
  }

  private TemplateNode range(String text) {
    List<String> words = TemplateWords.words(text);
    int assignment = words.indexOf(":=");
    List<String> variables =
        assignment < 0
            ? List.of()
            : words.subList(0, assignment).stream().filter(word -> !word.equals(",")).toList();
    if (variables.size() > 2 || !variables.stream().allMatch(v -> v.matches("\\$\\w+"))) {
      throw new TemplateException("{{range " + text + "}}: variables are like $name");
    }
    Pipeline pipeline = pipeline(words.subList(assignment + 1, words.size()));
    List<TemplateNode> body = body();
    List<TemplateNode> otherwise = List.of();
    if (take("range").startsWith("else")) {
      otherwise = body();
      requireEnd("range");
    }
    return new TemplateNode.Range(variables, pipeline, body, otherwise);
  }

  private String take(String opened) {
    if (at >= pieces.size()) {
      throw new TemplateException("{{" + opened + "}} without {{end}}");
    }
    return pieces.get(at++).text();
  }

  private void requireEnd(String opened) {
    if (!take(opened).equals("end")) {
      throw new TemplateException("{{" + opened + "}} without {{end}}");
    }
  }

  private Pipeline pipeline(List<String> words) {
    List<Command> commands = new ArrayList<>();
    List<Operand> command = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("|")) {
        commands.add(command(command));
        command = new ArrayList<>();
      } else if (word.equals("(")) {
        int close = closing(words, i);
        command.add(new TemplateNode.Nested(pipeline(words.subList(i + 1, close))));
        i = close;
      } else {
        command.add(operand(word));
      }
    }
    commands.add(command(command));
    return new Pipeline(List.copyOf(commands));
  }

  private static Command command(List<Operand> words) {
    if (words.isEmpty()) {
      throw new TemplateException("there is a command missing, as in {{}} or {{.ID |}}");
    }
    return new Command(List.copyOf(words));
  }

  private int closing(List<String> words, int open) {
    int level = 0;
    for (int i = open; i < words.size(); i++) {
      level += words.get(i).equals("(") ? 1 : words.get(i).equals(")") ? -1 : 0;
      if (level == 0) {
        return i;
      }
      if (level > DEEPEST) {
        throw new TemplateException("nested too deeply");
      }
    }
    throw new TemplateException("\"(\" without \")\"");
  }

  private static Operand operand(String word) {
    if (word.startsWith("\"")) {
      return new TemplateNode.Literal(new JsonString(unquote(word)));
    }
    if (word.startsWith("`")) {
      return new TemplateNode.Literal(new JsonString(word.substring(1, word.length() - 1)));
    }
    if (word.equals("true") || word.equals("false")) {
      return new TemplateNode.Literal(JsonBoolean.of(word.equals("true")));
    }
    if (word.matches("-?[0-9]{1,18}")) {
      return new TemplateNode.Literal(JsonNumber.of(Long.parseLong(word)));
    }
    if (word.matches("(\\$\\w*)?(\\.\\w+)+|\\$\\w*|\\.")) {
      int dot = word.indexOf('.');
      String variable = dot < 0 ? word : word.substring(0, dot);
      String path = dot < 0 ? "" : word.substring(dot + 1);
      return new TemplateNode.Path(
          variable, path.isEmpty() ? List.of() : Arrays.asList(path.split("\\.")));
    }
    if (word.matches("\\w+")) {
      return new TemplateNode.Name(word);
    }
    throw new TemplateException("cannot read \"" + word + "\"");
  }

  private static String unquote(String word) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < word.length() - 1; i++) {
      char c = word.charAt(i);
      if (c == '\\') {
        i++;
        c =
            switch (word.charAt(i)) {
              case 'n' -> '\n';
              case 't' -> '\t';
              case 'r' -> '\r';
              default -> word.charAt(i);
            };
      }
      text.append(c);
    }
    return text.toString();
  }
}
