package io.belljar.cli.people;

import io.belljar.DeviceLimit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Docker's options of limits on devices. */
final class DeviceLimitOptions {
  @Option(
      names = "--device-read-bps",
      paramLabel = "DEVICE:N",
      description = "At most N bytes read per second: /dev/sda:1mb.")
  List<String> readBytes = new ArrayList<>();

  @Option(
      names = "--device-write-bps",
      paramLabel = "DEVICE:N",
      description = "At most N bytes written per second.")
  List<String> writeBytes = new ArrayList<>();

  @Option(
      names = "--device-read-iops",
      paramLabel = "DEVICE:N",
      description = "At most N reads per second.")
  List<String> readOperations = new ArrayList<>();

  @Option(
      names = "--device-write-iops",
      paramLabel = "DEVICE:N",
      description = "At most N writes per second.")
  List<String> writeOperations = new ArrayList<>();

  List<DeviceLimit> limits() {
    List<DeviceLimit> limits = new ArrayList<>();
    add(limits, readBytes, DeviceLimit.Kind.READ_BYTES);
    add(limits, writeBytes, DeviceLimit.Kind.WRITE_BYTES);
    add(limits, readOperations, DeviceLimit.Kind.READ_OPERATIONS);
    add(limits, writeOperations, DeviceLimit.Kind.WRITE_OPERATIONS);
    return limits;
  }

  private static void add(List<DeviceLimit> limits, List<String> texts, DeviceLimit.Kind kind) {
    texts.forEach(text -> limits.add(OptionTexts.deviceLimit(text, kind)));
  }
}
