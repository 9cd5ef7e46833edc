package io.belljar.cli.getopt;

/**
 * A command line that is wrong. People are told in two lines, as by the programs whose place the
 * command takes: {@code unshare: unrecognized option '--x'} and {@code Try 'unshare --help' for
 * more information.}
 */
public final class WrongUsage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, without the command's name
   */
  public WrongUsage(String message) {
    super(message);
  }

  /** The second line. */
  public static String advice(String command) {
    return "Try '" + command + " --help' for more information.\n";
  }
}
