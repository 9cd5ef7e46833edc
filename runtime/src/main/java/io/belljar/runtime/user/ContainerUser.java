package io.belljar.runtime.user;

import java.util.List;

/**
 * Who a process is.
 *
 * @param uid 0 to 2147483647
 * @param gid 0 to 2147483647
 * @param groups the supplementary groups
 * @param home the home directory; may be empty
 */
public record ContainerUser(int uid, int gid, List<Integer> groups, String home) {
  /** What an empty {@code --user} gives where the root has no accounts: root. */
  public static final ContainerUser ROOT = new ContainerUser(0, 0, List.of(), "");

  public ContainerUser {
    groups = List.copyOf(groups);
  }
}
