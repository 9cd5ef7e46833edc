package io.belljar.cli.getopt;

/** How the words after a command's name are read. */
public enum Syntax {
  /** As picocli does, for the commands of our own. */
  OWN,

  /**
   * As getopt_long(3) does with "+": the first operand ends the options, as the words after it
   * belong to another command.
   */
  GETOPT,

  /** The same, but only the long forms of options have optional values, as of unshare(1). */
  GETOPT_SHORT_FLAGS,

  /** As getopt_long(3) does: options may follow operands, up to "--". */
  GETOPT_ANYWHERE
}
