package io.belljar.runtime.container;

import io.belljar.runtime.InvalidRequestException;

/** Whether a terminal and who takes it fit together: runc's rules, in its words. */
final class TerminalChoice {
  private TerminalChoice() {}

  /**
   * @param terminal whether the process gets a terminal
   * @param socket whether there is a console socket to send it to
   * @param leaves whether the launcher leaves before the process ends
   */
  static void check(boolean terminal, boolean socket, boolean leaves) {
    if (terminal && leaves && !socket) {
      throw new InvalidRequestException(
          "cannot allocate tty if belljar-oci will detach without setting console socket");
    }
    if (socket && !(terminal && leaves)) {
      throw new InvalidRequestException(
          "cannot use console socket if belljar-oci will not detach or allocate tty");
    }
  }
}
