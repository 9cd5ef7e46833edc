package io.belljar.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * A command that has ended.
 *
 * @param code its exit status; 128+n where a signal ended it
 * @param output its standard output
 * @param error its standard error
 */
public record Ran(List<String> command, int code, String output, String error) {
  /** Standard output without white space around it. */
  public String text() {
    return output.strip();
  }

  /** The lines of standard output. */
  public List<String> lines() {
    return output.lines().toList();
  }

  /** Asserts that it exited with 0. */
  public Ran succeeds() {
    return exitsWith(0);
  }

  /** Asserts its exit status. */
  public Ran exitsWith(int expected) {
    assertThat(code).as("exit status of %s", this).isEqualTo(expected);
    return this;
  }

  /** Asserts that it was refused in one line that says this. */
  public Ran isRefused(String... words) {
    assertThat(code).as("exit status of %s", this).isNotZero();
    for (String word : words) {
      assertThat(error).as("standard error of %s", this).containsIgnoringCase(word);
    }
    return this;
  }

  /** Asserts that the refusal is a single line. */
  public Ran inOneLine() {
    assertThat(error.strip().lines()).as("lines of standard error of %s", this).hasSize(1);
    return this;
  }

  @Override
  public String toString() {
    return String.join(" ", command)
        + "\n-- exit status: "
        + code
        + "\n-- output: "
        + output.strip()
        + "\n-- error: "
        + error.strip();
  }
}
