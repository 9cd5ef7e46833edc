package io.belljar.conformance.toolbox;

import java.util.Optional;

/**
 * A line of a table: a script that both programs run through.
 *
 * <p>In it {@code $T} is the program under test, its standard output and error are what is
 * compared, and its status. So that an effect is compared, the script prints it. It starts in an
 * empty directory of its own, and has functions and variables of {@code both.sh}.
 *
 * @param user whether an ordinary user runs it, and not root
 * @param script for sh
 * @param difference why Belljar's result is another one, and meant to be; with what it prints
 */
record Row(boolean user, String script, Optional<Difference> difference) {
  /**
   * A difference that is meant.
   *
   * @param output what Belljar prints on standard output and error
   * @param reason why; docs/util-linux.md has it, too
   */
  record Difference(String output, String reason) {}

  /** As root. */
  static Row root(String script) {
    return new Row(false, script, Optional.empty());
  }

  /** As an ordinary user. */
  static Row user(String script) {
    return new Row(true, script, Optional.empty());
  }

  /** Belljar prints something else, for a reason. */
  Row differs(String output, String reason) {
    return new Row(user, script, Optional.of(new Difference(output, reason)));
  }

  @Override
  public String toString() {
    return (user ? "$ " : "# ") + script;
  }
}
