package io.belljar.cli.people;

import io.belljar.cli.Ending;
import io.belljar.cli.getopt.Syntax;
import picocli.CommandLine.Option;

/** One command of {@code belljar}. */
public abstract class PeopleVerb {
  @Option(names = "--help", usageHelp = true, description = "Show this help.")
  boolean help;

  /** Does it. */
  public abstract Ending run(PeopleContext context);

  /** How the words after its name are read. */
  protected Syntax syntax() {
    return Syntax.OWN;
  }

  /** The name that an error begins with. */
  protected String speaker() {
    return PeopleProgram.NAME;
  }

  /** The exit code of a failure of Belljar's. */
  protected int failureCode() {
    return PeopleProgram.FAILED;
  }

  /** The exit code of a command line that is wrong. */
  protected int usageCode() {
    return failureCode();
  }

  /** Whether options may stand after operands: not where these are another command's. */
  protected boolean mixesOptions() {
    return false;
  }
}
