package io.belljar.conformance.docs;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines of a page beside those that came. {@code …} stands for anything: within a line for any
 * text, as a line of its own for any lines. White space at the end of a line does not count.
 */
record Expectation(List<String> lines) {
  private static final String ANYTHING = "…";

  /** Whether this is what came. */
  boolean isMetBy(List<String> actual) {
    return matches(lines, actual);
  }

  private static boolean matches(List<String> expected, List<String> actual) {
    if (expected.isEmpty()) {
      return actual.isEmpty();
    }
    List<String> rest = expected.subList(1, expected.size());
    if (expected.getFirst().strip().equals(ANYTHING)) {
      for (int skipped = 0; skipped <= actual.size(); skipped++) {
        if (matches(rest, actual.subList(skipped, actual.size()))) {
          return true;
        }
      }
      return false;
    }
    return !actual.isEmpty()
        && line(expected.getFirst()).matcher(actual.getFirst().stripTrailing()).matches()
        && matches(rest, actual.subList(1, actual.size()));
  }

  private static Pattern line(String expected) {
    StringBuilder pattern = new StringBuilder();
    for (String literal : expected.stripTrailing().split(ANYTHING, -1)) {
      pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
    }
    return Pattern.compile(pattern.toString());
  }
}
