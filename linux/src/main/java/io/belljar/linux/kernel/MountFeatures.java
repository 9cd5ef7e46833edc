package io.belljar.linux.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.belljar.linux.AtFlags;
import io.belljar.linux.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** What mount_setattr(2) can do, asked by calls that it refuses before it does anything. */
public final class MountFeatures {
  private static final long MOUNT_SETATTR = 442;
  private static final long MOUNT_ATTR_IDMAP = 0x0010_0000;
  private static final int SIZE = 32; // struct mount_attr
  private static final int USER_NAMESPACE_AT = 24;

  private MountFeatures() {}

  /**
   * Whether the kernel knows idmapped mounts. A user namespace that is no open descriptor is EBADF
   * to a kernel that knows the attribute, and the attribute is EINVAL to one that does not.
   *
   * @return empty when it does not let this user ask (EPERM)
   */
  public static Optional<Boolean> knowsIdmappedMounts() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(SIZE, 8);
      attributes.set(JAVA_LONG, 0, MOUNT_ATTR_IDMAP);
      attributes.set(JAVA_LONG, USER_NAMESPACE_AT, Integer.MAX_VALUE);
      long result =
          KernelCall.make(
              MOUNT_SETATTR,
              -1,
              arena.allocateFrom("").address(),
              AtFlags.AT_EMPTY_PATH,
              attributes.address(),
              SIZE);
      return result == -Errno.EPERM.number()
          ? Optional.empty()
          : Optional.of(result == -Errno.EBADF.number());
    }
  }
}
