package io.belljar.cli.people;

import io.belljar.cli.Ending;
import picocli.CommandLine.Option;

/** One command of {@code belljar}. */
abstract class PeopleVerb {
  @Option(names = "--help", usageHelp = true, description = "Show this help.")
  boolean help;

  /** Does it. */
  abstract Ending run(PeopleContext context);
}
