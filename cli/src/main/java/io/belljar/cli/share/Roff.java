package io.belljar.cli.share;

/** Text for roff's man macros, man(7): what would be a request or an escape is neither. */
final class Roff {
  private final StringBuilder text = new StringBuilder();

  /** A line that is roff itself. */
  Roff macro(String line) {
    text.append(line).append('\n');
    return this;
  }

  /** A macro with an argument. */
  Roff macro(String name, String argument) {
    return macro(name + " \"" + escaped(argument).replace("\"", "\\(dq") + "\"");
  }

  /** Lines of text; they are filled unless the macros around them say otherwise. */
  Roff lines(String lines) {
    lines.lines().forEach(line -> text.append(guarded(escaped(line))).append('\n'));
    return this;
  }

  /** Lines that hold font changes made by {@link #bold}. */
  Roff marked(String lines) {
    lines.lines().forEach(line -> text.append(guarded(line)).append('\n'));
    return this;
  }

  static String bold(String plain) {
    return "\\fB" + escaped(plain) + "\\fP";
  }

  static String italic(String plain) {
    return "\\fI" + escaped(plain) + "\\fP";
  }

  static String escaped(String plain) {
    StringBuilder escaped = new StringBuilder();
    plain
        .codePoints()
        .forEach(point -> {
          switch (point) {
            case '\\' -> escaped.append("\\e");
            case '-' -> escaped.append("\\-");
            case '\'' -> escaped.append("\\(aq");
            case '`' -> escaped.append("\\(ga");
            case '^' -> escaped.append("\\(ha");
            case '~' -> escaped.append("\\(ti");
            case '\t' -> escaped.append("        ");
            default -> {
              if (point < 0x80) {
                escaped.appendCodePoint(point);
              } else {
                escaped.append("\\[u%04X]".formatted(point));
              }
            }
          }
        });
    return escaped.toString();
  }

  /** A line that begins with a period would be a request. */
  private static String guarded(String line) {
    return line.startsWith(".") ? "\\&" + line : line;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
