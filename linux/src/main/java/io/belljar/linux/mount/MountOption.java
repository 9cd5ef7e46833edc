package io.belljar.linux.mount;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a mount option that is not for one file system means: the options of the OCI runtime
 * specification ("Linux mount options"), of mount(8) where the kernel has them, and crun's.
 *
 * <p>An option that is not in this table is data for the file system. So are mount(8)'s options for
 * user space ({@code user}, {@code noauto} …): they have no meaning for a container, and the file
 * system then refuses them by name.
 */
public sealed interface MountOption {
  /** Sets or clears an attribute of the mount; {@code recursive}: of all mounts below it, too. */
  record Attribute(long attribute, boolean clears, boolean recursive) implements MountOption {}

  /** Chooses the access-time mode of the mount: MOUNT_ATTR_RELATIME, NOATIME, STRICTATIME. */
  record AccessTime(long mode, boolean recursive) implements MountOption {}

  /**
   * Sets or clears a flag of the superblock.
   *
   * @param parameter what FSCONFIG_SET_FLAG takes; empty where only mount(2) has the flag
   * @param flag the MS_* flag of mount(2)
   */
  record Superblock(Optional<String> parameter, int flag, boolean clears) implements MountOption {}

  /** {@code ro} and {@code rw}: both the mount's and the superblock's. */
  record ReadOnly(boolean clears) implements MountOption {}

  /** Sets the propagation type. */
  record Propagates(Propagation propagation) implements MountOption {}

  /** A bind mount. */
  record Bind(boolean recursive) implements MountOption {}

  /** Changes the mount that is there instead of making a new one. */
  record Remount() implements MountOption {}

  /** A mount whose ids are mapped by a user namespace. */
  record IdMap(boolean recursive) implements MountOption {}

  /** The runtime copies what the image has at the mount point into the new tmpfs. */
  record CopyUp() implements MountOption {}

  /** crun: if the source is a symbolic link, make the same link instead of mounting. */
  record CopySymlink() implements MountOption {}

  /** Has no effect: it is the default, or only about messages in the kernel's log. */
  record NoEffect() implements MountOption {}

  /** The meaning of an option, or empty when it is data for the file system. */
  static Optional<MountOption> of(String name) {
    return Optional.ofNullable(MountOptionTable.OPTIONS.get(name));
  }

  /** The names of all options in the table, sorted: what {@code features} reports. */
  static SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(MountOptionTable.OPTIONS.keySet()));
  }
}
