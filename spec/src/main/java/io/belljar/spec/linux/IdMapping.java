package io.belljar.spec.linux;

/**
 * A range of user or group identifiers (user_namespaces(7)). 32-bit numbers.
 *
 * @param containerId the first one inside
 * @param hostId the first one outside
 * @param size how many
 */
public record IdMapping(long containerId, long hostId, long size) {
  /** Whether {@code id}, inside, belongs to the range. */
  public boolean contains(long id) {
    return id >= containerId && id - containerId < size;
  }
}
