package io.belljar;

import java.nio.file.Path;

/**
 * How fast a container may use a block device at most.
 *
 * @param device its node on the host, such as {@code /dev/sda}: a whole disk, not a partition
 * @param kind what is counted
 * @param perSecond how much of it, at least 1
 */
public record DeviceLimit(Path device, Kind kind, long perSecond) {
  /** What is counted: bytes or operations, read or written. */
  public enum Kind {
    READ_BYTES("device-read-bps"),
    WRITE_BYTES("device-write-bps"),
    READ_OPERATIONS("device-read-iops"),
    WRITE_OPERATIONS("device-write-iops");

    private final String option;

    Kind(String option) {
      this.option = option;
    }

    /** Its option of {@code run}, without dashes. */
    public String option() {
      return option;
    }

    /** Whether it is bytes, which may have a unit. */
    public boolean countsBytes() {
      return this == READ_BYTES || this == WRITE_BYTES;
    }
  }
}
