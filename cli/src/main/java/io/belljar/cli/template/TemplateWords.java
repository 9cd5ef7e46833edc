package io.belljar.cli.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a template into text and actions, and an action into words. */
final class TemplateWords {
  /** Text, or what is between a pair of braces. */
  record Piece(boolean action, String text) {}

  private static final Pattern WORD =
      Pattern.compile(
          "\\s*(\"(?:[^\"\\\\]|\\\\.)*+\"|`[^`]*+`|:=|[|(),]|[^\\s|(),\"`:]++|:)", Pattern.DOTALL);

  private TemplateWords() {}

  /** The pieces; {@code {{-} and {@code -}}} take the blanks beside them away. */
  static List<Piece> pieces(String template) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    boolean trim = false;
    while (at < template.length()) {
      int open = template.indexOf("{{", at);
      String text = template.substring(at, open < 0 ? template.length() : open);
      text = trim ? text.stripLeading() : text;
      if (open < 0) {
        pieces.add(new Piece(false, text));
        break;
      }
      int close = close(template, open + 2);
      String inside = template.substring(open + 2, close);
      if (inside.startsWith("- ")) {
        text = text.stripTrailing();
        inside = inside.substring(1);
      }
      trim = inside.endsWith(" -");
      inside = trim ? inside.substring(0, inside.length() - 1) : inside;
      pieces.add(new Piece(false, text));
      if (!inside.strip().startsWith("/*")) {
        pieces.add(new Piece(true, inside.strip()));
      }
      at = close + 2;
    }
    return pieces;
  }

  private static int close(String template, int from) {
    char quote = 0;
    for (int i = from; i < template.length(); i++) {
      char c = template.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote == '"') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '`') {
        quote = c;
      } else if (template.startsWith("}}", i)) {
        return i;
      }
    }
    throw new TemplateException("\"{{\" without \"}}\" in \"" + template + "\"");
  }

  /** The words of an action. */
  static List<String> words(String action) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(action);
    int at = 0;
    while (at < action.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new TemplateException("cannot read \"" + action.substring(at).strip() + "\"");
      }
      words.add(matcher.group(1));
      at = matcher.end();
    }
    return words;
  }
}
