package io.belljar;

import java.nio.file.Path;

/**
 * A device of the host that a container may use.
 *
 * @param source its node on the host, or a directory of nodes
 * @param target where the container sees it, absolute
 * @param access of {@code r}, {@code w} and {@code m} (mknod) those that are allowed
 */
public record Device(Path source, String target, String access) {
  /** Under the host's name, for everything. */
  public static Device of(Path source) {
    return new Device(source, source.toString(), "rwm");
  }
}
