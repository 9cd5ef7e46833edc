package io.belljar.cli.template;

/**
 * How much work one use of a template may be: the planner that does it is there for other requests
 * too.
 */
final class TemplateWork {
  private static final int MOST_STEPS = 1_000_000;
  private static final int MOST_CHARACTERS = 16 << 20;
  private static final int CHARACTERS_PER_STEP = 64;

  private long steps;
  private long characters;

  /**
   * Before a round of a loop, or a call of a function.
   *
   * @param size how much it looks at, in characters
   */
  void step(long size) {
    steps += 1 + size / CHARACTERS_PER_STEP;
    if (steps > MOST_STEPS) {
      throw new TemplateException("more than " + MOST_STEPS + " rounds of loops and calls");
    }
  }

  /** Lets a text pass that was made, for the result or as a value on the way to it. */
  String made(String text) {
    made(text.length());
    return text;
  }

  /** As {@link #made(String)}, of what takes as much memory as so many characters. */
  void made(long more) {
    characters += more;
    if (characters > MOST_CHARACTERS) {
      throw new TemplateException("the result is too long");
    }
  }
}
