package io.belljar.cli.toolbox;

import io.belljar.linux.text.TerminalText;
import io.belljar.planner.Request;
import io.belljar.toolbox.page.Page;

/** Pages as the caller's standard output shows them. */
final class Pages {
  private Pages() {}

  /** An empty page; in colour on a terminal, unless NO_COLOR is set (no-color.org). */
  static Page of(Request request) {
    CallerDisplay display = CallerDisplay.of(request);
    boolean refused =
        request.environment().get("NO_COLOR").filter(value -> !value.isEmpty()).isPresent();
    return new Page(
        display.columns(),
        request.terminals().output() && !refused,
        new TerminalText(display.unicode()));
  }
}
