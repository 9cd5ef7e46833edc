package io.belljar.linux.inside;

import io.belljar.linux.FileMode;
import java.util.Collection;

/**
 * What inode(7) says of a file.
 *
 * @param mode kind and permissions
 * @param major of a device node
 * @param minor of a device node
 */
public record FileFacts(int mode, long uid, long gid, int major, int minor) {
  /** Whether it is of this kind: {@code S_IFSOCK}, …. */
  public boolean is(int kind) {
    return (mode & FileMode.S_IFMT) == kind;
  }

  /**
   * Whether somebody with these ids may do this by the permissions alone; root and capabilities
   * aside.
   *
   * @param bits 4 read, 2 write, 1 execute
   */
  public boolean permits(long user, Collection<Long> groups, int bits) {
    int shift = user == uid ? 6 : groups.contains(gid) ? 3 : 0;
    return ((mode >> shift) & bits) == bits;
  }
}
