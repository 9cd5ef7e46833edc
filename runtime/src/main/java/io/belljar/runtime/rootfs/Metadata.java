package io.belljar.runtime.rootfs;

import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What a file or directory in a fresh root gets besides its content.
 *
 * @param mode permission bits with setuid, setgid and sticky
 * @param owner empty: whoever makes the root
 */
record Metadata(int mode, Optional<Owner> owner, Optional<FileTime> modified) {
  /** User and group, each 0 to 4294967294. */
  record Owner(long user, long group) {}
}
