package io.belljar.cli.oci;

import io.belljar.cli.CommandSyntax;
import io.belljar.cli.Ending;

/**
 * One command of {@code belljar-oci}: its options become an options record, and one operation is
 * called.
 */
abstract class OciVerb {
  /** What may follow its name; each command adds its own. */
  final CommandSyntax syntax;

  OciVerb(String description) {
    syntax = new CommandSyntax(this, description);
    syntax.help();
  }

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
