package io.belljar.runtime.copy;

import io.belljar.linux.file.FileStatus;
import io.belljar.linux.file.FileStatus.Device;
import io.belljar.linux.file.FileStatus.Time;
import java.util.List;

/** One file on its way. Names are as {@link io.belljar.linux.file} has them. */
sealed interface Entry {
  Metadata metadata();

  /**
   * What a file has besides its content.
   *
   * @param permissions 0 to 07777
   * @param uid its owner, as the container or the archive counts
   * @param gid its group, likewise
   * @param modified when it was changed
   */
  record Metadata(int permissions, long uid, long gid, Time modified) {
    static Metadata of(FileStatus status, Identities identities) {
      return new Metadata(
          status.permissions(),
          identities.uids().inside(status.uid()),
          identities.gids().inside(status.gid()),
          status.modified());
    }
  }

  record Directory(Metadata metadata) implements Entry {}

  /**
   * A regular file.
   *
   * @param size in bytes: what its content is to have
   */
  record RegularFile(Metadata metadata, long size) implements Entry {}

  record SymbolicLink(Metadata metadata, String target) implements Entry {}

  /**
   * A further name of a file that came before.
   *
   * @param existing its path, as it was given then
   */
  record HardLink(Metadata metadata, List<String> existing) implements Entry {}

  record Fifo(Metadata metadata) implements Entry {}

  record DeviceNode(Metadata metadata, boolean block, Device device) implements Entry {}
}
