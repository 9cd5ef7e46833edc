package io.belljar.spec.process;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code process.user}. Identifiers are those inside the container, 0 to 4294967294.
 *
 * @param uid the user
 * @param gid the group
 * @param umask the file mode creation mask, 0 to 0777; absent means 0022
 * @param additionalGids supplementary groups
 * @param username only for Windows; kept, not used
 */
public record User(
    long uid, long gid, OptionalInt umask, List<Long> additionalGids, Optional<String> username) {
  /** The user root and the group root. */
  public static final User ROOT = of(0, 0);

  public User {
    additionalGids = List.copyOf(additionalGids);
  }

  /** A user without supplementary groups. */
  public static User of(long uid, long gid) {
    return new User(uid, gid, OptionalInt.empty(), List.of(), Optional.empty());
  }

  /** The same with other supplementary groups. */
  public User withAdditionalGids(List<Long> gids) {
    return new User(uid, gid, umask, gids, username);
  }
}
