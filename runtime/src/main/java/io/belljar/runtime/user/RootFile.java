package io.belljar.runtime.user;

import io.belljar.linux.Errno;
import io.belljar.linux.OpenFlags;
import io.belljar.linux.ResolveFlags;
import io.belljar.linux.file.Descriptor;
import io.belljar.linux.file.FileException;
import io.belljar.runtime.rootfs.RootfsException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a small file of a root in which hostile processes may run and change it meanwhile.
 *
 * <p>The kernel resolves the path, with the root as /. What is found is held as a place, which
 * opens nothing; that very place is opened for reading once it is known to be a regular file, of no
 * file system of the kernel's. So no fifo makes the planner wait, and no device is touched.
 */
final class RootFile {
  private static final int INSIDE =
      ResolveFlags.RESOLVE_IN_ROOT | ResolveFlags.RESOLVE_NO_MAGICLINKS;

  private RootFile() {}

  /**
   * The content of a file.
   *
   * @param root a directory, as a place
   * @param path absolute, as seen inside the root
   * @param limit the most bytes that it may have
   * @return empty when there is no such file (links in a circle lead to none), or it is not a
   *     regular file, or the kernel's
   * @throws RootfsException it is larger, or cannot be read
   */
  static Optional<byte[]> read(Descriptor root, String path, int limit) {
    try (Descriptor place = root.resolve(path, OpenFlags.O_PATH, INSIDE)) {
      if (!place.status().isRegular() || place.isKernels()) {
        return Optional.empty();
      }
      // O_NONBLOCK: who holds a lease on the file cannot hold us.
      try (Descriptor file = place.reopen(OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK)) {
        return Optional.of(content(file, path, limit));
      }
    } catch (FileException e) {
      if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR) || e.is(Errno.ELOOP)) {
        return Optional.empty();
      }
      throw new RootfsException(path + " in the root", e.reason());
    }
  }

  private static byte[] content(Descriptor file, String path, int limit) {
    if (file.status().size() > limit) {
      throw tooLarge(path, limit);
    }
    byte[] content = new byte[0];
    byte[] chunk = new byte[64 << 10];
    for (int count; (count = file.read(chunk, chunk.length)) > 0; ) {
      int before = content.length;
      if (before + count > limit) {
        throw tooLarge(path, limit); // it grows
      }
      content = Arrays.copyOf(content, before + count);
      System.arraycopy(chunk, 0, content, before, count);
    }
    return content;
  }

  private static RootfsException tooLarge(String path, int limit) {
    return new RootfsException(path + " in the root", "is larger than " + limit + " bytes");
  }
}
