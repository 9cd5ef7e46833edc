package io.belljar.runtime.copy;

import io.belljar.linux.Errno;
import io.belljar.linux.file.Descriptor;
import io.belljar.linux.file.FileException;
import io.belljar.linux.file.FileStatus;
import io.belljar.runtime.copy.Entry.Metadata;
import java.util.OptionalLong;

/** Whom the copies belong to. */
@FunctionalInterface
interface Ownership {
  /** Gives a file to its owner, unless it belongs to it already. */
  void apply(Descriptor file, Metadata metadata);

  /** All to one user of the host. */
  static Ownership of(long uid, long gid) {
    return (file, _) -> give(file, uid, gid);
  }

  /** To the container's root. */
  static Ownership root(Identities identities) {
    return (file, _) -> give(file, outside(identities.uids(), 0), outside(identities.gids(), 0));
  }

  /** To those whom the originals belong to. */
  static Ownership kept(Identities identities) {
    return (file, metadata) ->
        give(
            file,
            outside(identities.uids(), metadata.uid()),
            outside(identities.gids(), metadata.gid()));
  }

  private static long outside(Identities.Map map, long inside) {
    OptionalLong id = map.outside(inside);
    return id.orElseThrow(
        () -> new CopyException("owner " + inside, "is nobody in the container: see its user map"));
  }

  private static void give(Descriptor file, long uid, long gid) {
    FileStatus status = file.status();
    if (status.uid() == uid && status.gid() == gid) {
      return;
    }
    try {
      file.own(uid, gid);
    } catch (FileException e) {
      if (e.is(Errno.EPERM) || e.is(Errno.EINVAL)) {
        throw new CopyException(
            "owner " + uid + ":" + gid, "cannot be given a file by this user; leave -a out");
      }
      throw e;
    }
  }
}
