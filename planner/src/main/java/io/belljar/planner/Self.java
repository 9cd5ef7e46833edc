package io.belljar.planner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/**
 * Who this process is.
 *
 * @param uid its effective user id
 * @param gid its effective group id
 * @param user the user as the JDK names it
 */
record Self(int uid, int gid, UserPrincipal user) {
  private static final Path SELF = Path.of("/proc/self");

  private static final Path OVERFLOW = Path.of("/proc/sys/kernel/overflowuid");

  /** The map of the first user namespace, in which every user is himself. */
  private static final String EVERYBODY = "0 0 4294967295";

  static final Self PROCESS = read();

  boolean isRoot() {
    return uid == 0;
  }

  /**
   * Whether this is the user id as which the owners outside of our user namespace appear: as a rule
   * the machine's root, to whom the directories above ours belong (user_namespaces(7)).
   */
  boolean isUnmapped(int owner) {
    try {
      String map = Files.readString(Path.of("/proc/self/uid_map")).strip().replaceAll(" +", " ");
      return !map.equals(EVERYBODY)
          && Integer.toString(owner).equals(Files.readString(OVERFLOW).strip());
    } catch (IOException e) {
      return false;
    }
  }

  /** The owner of /proc/self is the effective user, its group the effective one: proc(5). */
  private static Self read() {
    try {
      return new Self(
          (Integer) Files.getAttribute(SELF, "unix:uid"),
          (Integer) Files.getAttribute(SELF, "unix:gid"),
          Files.getOwner(SELF));
    } catch (IOException e) {
      throw new UncheckedIOException("/proc is needed, and can't be read", e);
    }
  }
}
