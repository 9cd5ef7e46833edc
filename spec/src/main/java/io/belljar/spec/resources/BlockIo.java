package io.belljar.spec.resources;

import java.util.List;
import java.util.OptionalInt;

/**
 * {@code linux.resources.blockIO}.
 *
 * @param weight the weight against other cgroups, 10 to 1000; 0 changes nothing
 * @param leafWeight the weight of own tasks against child cgroups (CFQ only)
 * @param weightDevice weights for single devices
 * @param throttleReadBpsDevice bytes read per second
 * @param throttleWriteBpsDevice bytes written per second
 * @param throttleReadIopsDevice reads per second
 * @param throttleWriteIopsDevice writes per second
 */
public record BlockIo(
    OptionalInt weight,
    OptionalInt leafWeight,
    List<WeightDevice> weightDevice,
    List<ThrottleDevice> throttleReadBpsDevice,
    List<ThrottleDevice> throttleWriteBpsDevice,
    List<ThrottleDevice> throttleReadIopsDevice,
    List<ThrottleDevice> throttleWriteIopsDevice) {
  /** No limit. */
  public static final BlockIo NONE =
      new BlockIo(
          OptionalInt.empty(),
          OptionalInt.empty(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  public BlockIo {
    weightDevice = List.copyOf(weightDevice);
    throttleReadBpsDevice = List.copyOf(throttleReadBpsDevice);
    throttleWriteBpsDevice = List.copyOf(throttleWriteBpsDevice);
    throttleReadIopsDevice = List.copyOf(throttleReadIopsDevice);
    throttleWriteIopsDevice = List.copyOf(throttleWriteIopsDevice);
  }

  /** The same with another weight: what {@code update --blkio-weight} changes. */
  public BlockIo withWeight(OptionalInt newWeight) {
    return new BlockIo(
        newWeight,
        leafWeight,
        weightDevice,
        throttleReadBpsDevice,
        throttleWriteBpsDevice,
        throttleReadIopsDevice,
        throttleWriteIopsDevice);
  }
}
