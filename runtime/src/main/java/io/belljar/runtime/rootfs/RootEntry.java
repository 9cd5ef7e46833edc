package io.belljar.runtime.rootfs;

import java.nio.file.Path;
import java.time.Instant;

/**
 * One thing in a root made from the host's programs. Paths are absolute inside the new root,
 * without {@code .}, {@code ..}, and without a symbolic link among their parents.
 */
public sealed interface RootEntry {
  /** Where it is inside the new root, for example {@code /usr/bin/bash}. */
  String path();

  /** A directory with its permission bits (for example {@code 01777}). */
  record Directory(String path, int mode) implements RootEntry {}

  /** A symbolic link, its target written exactly as on the host. */
  record Link(String path, String target) implements RootEntry {}

  /**
   * A copy of a file of the host.
   *
   * @param source the file on the host, without a symbolic link in its path
   * @param mode the permission bits of the copy: the source's, without setuid, setgid and sticky
   * @param size bytes
   * @param device with {@code inode}, {@code modified} and {@code changed}: what tells that the
   *     source is still the same file with the same content
   */
  record Copy(
      String path,
      Path source,
      int mode,
      long size,
      long device,
      long inode,
      Instant modified,
      Instant changed)
      implements RootEntry {}

  /**
   * A small file whose content is made for the new root.
   *
   * @param content one character is one byte (ISO 8859-1), so that any content is carried exactly
   */
  record Text(String path, String content, int mode) implements RootEntry {}
}
