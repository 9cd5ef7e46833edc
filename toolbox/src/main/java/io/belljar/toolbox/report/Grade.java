package io.belljar.toolbox.report;

import java.util.Locale;

/** How much a finding matters, the worst first. */
public enum Grade {
  /** The process can take over the host. */
  CRITICAL('F', "none: it can take over the host"),
  /** It can read or change what belongs to the host, or needs one more weakness to take it over. */
  HIGH('D', "weak: it reaches what belongs to the host"),
  /** Isolation depends on a single barrier, or others can be harmed: by using up what they need. */
  MEDIUM('C', "fair: some barriers are missing"),
  /** One barrier more could be had. */
  LOW('B', "good: a few more barriers could be had"),
  /** Worth knowing. */
  INFO('A', "strong");

  private final char letter;
  private final String verdict;

  Grade(char letter, String verdict) {
    this.letter = letter;
    this.verdict = verdict;
  }

  /** The grade of a process whose worst finding this is: A (best) to F. */
  public char letter() {
    return letter;
  }

  /** What that grade means. */
  public String verdict() {
    return verdict;
  }

  /** The word in a report: {@code critical}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
