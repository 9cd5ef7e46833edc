package io.belljar.cli.toolbox;

import io.belljar.planner.Request;
import io.belljar.planner.Terminals;
import java.util.Locale;
import java.util.Optional;

/**
 * What the caller's standard output can show.
 *
 * @param unicode more than ASCII: the caller's locale is one of UTF-8 (locale(7))
 * @param columns how many cells a line may have; 0 where it is no terminal, so any number
 */
record CallerDisplay(boolean unicode, int columns) {
  private static final int USUAL = 80;

  static CallerDisplay of(Request request) {
    Terminals terminals = request.terminals();
    return new CallerDisplay(isUnicode(request), terminals.output() ? width(request) : 0);
  }

  private static int width(Request request) {
    int columns = request.terminals().columns();
    if (columns > 0) {
      return columns;
    }
    return request
        .environment()
        .get("COLUMNS")
        .filter(text -> text.matches("[1-9][0-9]{0,8}"))
        .map(Integer::parseInt)
        .orElse(USUAL);
  }

  private static boolean isUnicode(Request request) {
    return variable(request, "LC_ALL")
        .or(() -> variable(request, "LC_CTYPE"))
        .or(() -> variable(request, "LANG"))
        .map(name -> name.toLowerCase(Locale.ROOT).replace("-", ""))
        .filter(name -> name.contains(".utf8"))
        .isPresent();
  }

  private static Optional<String> variable(Request request, String name) {
    return request.environment().get(name).filter(value -> !value.isEmpty());
  }
}
