package io.belljar.cli.oci;

import io.belljar.cli.Ending;
import picocli.CommandLine.Option;

/**
 * One command of {@code belljar-oci}: its options become an options record, and one operation is
 * called.
 */
abstract class OciVerb {
  @Option(
      names = {"--help", "-h"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** Does it. */
  abstract Ending run(OciContext context);

  /** What runc says before an error of this command. */
  String failurePrefix() {
    return "";
  }

  /** The exit code of an error. */
  int failureCode() {
    return 1;
  }
}
