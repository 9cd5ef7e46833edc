package io.belljar.toolbox.chroot;

import java.util.List;
import java.util.Optional;

/**
 * The options of chroot(1), as they were typed.
 *
 * @param root the new root
 * @param userspec {@code --userspec}: USER:GROUP
 * @param groups {@code --groups}: a list with commas
 * @param skipChdir {@code --skip-chdir}
 * @param command the command and its arguments; empty for the user's shell
 */
public record ChrootOptions(
    String root,
    Optional<String> userspec,
    Optional<String> groups,
    boolean skipChdir,
    List<String> command) {
  public ChrootOptions {
    command = List.copyOf(command);
  }
}
