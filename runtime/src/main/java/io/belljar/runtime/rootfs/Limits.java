package io.belljar.runtime.rootfs;

/**
 * How much a tarball may unpack to. A few kilobytes can claim to be exabytes, so there is always a
 * limit; these are far above what real roots have.
 *
 * @param totalBytes of all files together; the holes of sparse files count
 * @param fileBytes of one file
 * @param entries of all kinds
 * @param nameBytes of one name with its directories
 * @param depth directories below each other
 * @param ratio unpacked size to the size of the tarball
 * @param ratioFrom bytes from which on the ratio is looked at: a small file of zeros is no bomb
 */
public record Limits(
    long totalBytes,
    long fileBytes,
    long entries,
    int nameBytes,
    int depth,
    int ratio,
    long ratioFrom) {
  /** 64 GiB in 2 million entries, 32 GiB a file, names of 3 KiB, 256 levels, ratio 250. */
  public static final Limits DEFAULT =
      new Limits(64L << 30, 32L << 30, 2_000_000, 3072, 256, 250, 1L << 30);

  public Limits {
    if (Math.min(Math.min(totalBytes, fileBytes), Math.min(entries, ratioFrom)) <= 0
        || Math.min(Math.min(nameBytes, depth), ratio) <= 0) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
