package io.belljar.runtime.rootfs;

/** Is told how far the unpacking of a tarball has come: at each entry, and at each MiB of it. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (read, total, entry) -> {};

  /**
   * Called by the thread that unpacks.
   *
   * @param bytesRead of the tarball, as it lies on disk (compressed)
   * @param bytesTotal the tarball's size
   * @param entry the entry's name, quoted and safe to print on a terminal
   */
  void unpacked(long bytesRead, long bytesTotal, String entry);
}
