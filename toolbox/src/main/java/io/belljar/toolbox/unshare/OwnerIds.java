package io.belljar.toolbox.unshare;

import io.belljar.toolbox.command.Refusal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whose the new user namespace is: {@code --owner UID:GID}.
 *
 * @param uid empty: the caller's
 * @param gid empty: the caller's
 */
record OwnerIds(OptionalLong uid, OptionalLong gid) {
  private static final OwnerIds CALLER = new OwnerIds(OptionalLong.empty(), OptionalLong.empty());

  static OwnerIds of(Optional<String> typed) {
    if (typed.isEmpty()) {
      return CALLER;
    }
    String[] ids = typed.get().split(":", -1);
    if (ids.length != 2 || Numbers.id(ids[0]).isEmpty() || Numbers.id(ids[1]).isEmpty()) {
      throw new Refusal("failed to parse owner");
    }
    return new OwnerIds(Numbers.id(ids[0]), Numbers.id(ids[1]));
  }

  boolean isOther() {
    return uid.isPresent();
  }
}
