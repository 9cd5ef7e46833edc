package io.belljar.cli.help;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of running text.
 *
 * @param strong whether it stands out: {@code **so**}, or a word of code in backquotes
 */
public record Span(String text, boolean strong) {
  private static final Pattern MARKED = Pattern.compile("`([^`]+)`|\\*\\*([^*]+)\\*\\*");

  /** The pieces of a text. */
  public static List<Span> of(String text) {
    List<Span> spans = new ArrayList<>();
    Matcher marked = MARKED.matcher(text);
    int end = 0;
    while (marked.find()) {
      add(spans, text.substring(end, marked.start()), false);
      add(spans, marked.group(1) == null ? marked.group(2) : marked.group(1), true);
      end = marked.end();
    }
    add(spans, text.substring(end), false);
    return List.copyOf(spans);
  }

  private static void add(List<Span> spans, String text, boolean strong) {
    if (!text.isEmpty()) {
      spans.add(new Span(text, strong));
    }
  }
}
