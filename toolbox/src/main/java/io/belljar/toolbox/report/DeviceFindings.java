package io.belljar.toolbox.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What the devices allow that a process may open. */
final class DeviceFindings {
  private static final int MOST_NAMES = 6;

  private record Kind(Grade grade, String what, String allows) {}

  /** By major:minor, or by major (Documentation/admin-guide/devices.txt of the kernel). */
  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("1:1", new Kind(Grade.CRITICAL, "mem", "read and write physical memory")),
          Map.entry("1:4", new Kind(Grade.CRITICAL, "port", "use the machine's I/O ports")),
          Map.entry("1:11", new Kind(Grade.LOW, "kmsg", "read and write the kernel's log")),
          Map.entry(
              "10:200", new Kind(Grade.LOW, "tun", "make network devices, with CAP_NET_ADMIN")),
          Map.entry(
              "10:223", new Kind(Grade.HIGH, "uinput", "type and click as the person at the host")),
          Map.entry(
              "10:229",
              new Kind(
                  Grade.LOW, "fuse", "serve file systems, which mounting makes others wait for")),
          Map.entry(
              "10:231", new Kind(Grade.HIGH, "snapshot", "write the machine's hibernation image")),
          Map.entry(
              "10:232",
              new Kind(
                  Grade.LOW, "kvm", "run virtual machines: more of the kernel can be reached")),
          Map.entry("10:237", new Kind(Grade.HIGH, "loop-control", "make block devices of files")),
          Map.entry("4", new Kind(Grade.MEDIUM, "terminals", "read and write the host's consoles")),
          Map.entry("13", new Kind(Grade.HIGH, "input", "read what is typed at the host")),
          Map.entry("21", new Kind(Grade.HIGH, "scsi", "send raw commands to disks")),
          Map.entry("226", new Kind(Grade.LOW, "graphics", "use the graphics card")));

  private DeviceFindings() {}

  static List<Finding> of(Subject subject) {
    List<DeviceFact> devices = subject.devices().value().orElse(List.of());
    List<Finding> findings = new ArrayList<>();
    group(devices, DeviceFact::block)
        .map(names ->
            finding(
                Grade.CRITICAL,
                "block",
                "may open block devices: " + names,
                "read and write disks beneath their file systems: every file on them"))
        .ifPresent(findings::add);
    KINDS.forEach((number, kind) ->
        group(devices, device -> !device.block() && isOf(device, number))
            .map(names -> finding(kind.grade(), kind.what(), "may open " + names, kind.allows()))
            .ifPresent(findings::add));
    group(
            devices,
            device -> !device.block() && KINDS.keySet().stream().noneMatch(n -> isOf(device, n)))
        .map(names ->
            finding(
                subject.hasHostRoot() ? Grade.LOW : Grade.INFO,
                "other",
                "may open other devices: " + names,
                "use them, and reach their drivers in the kernel"))
        .ifPresent(findings::add);
    findings.sort(Comparator.comparing(Finding::grade).thenComparing(Finding::id));
    return findings;
  }

  private static boolean isOf(DeviceFact device, String number) {
    return number.equals(device.major() + ":" + device.minor())
        || number.equals(Integer.toString(device.major()));
  }

  private static Optional<String> group(List<DeviceFact> devices, Predicate<DeviceFact> filter) {
    List<String> names = devices.stream().filter(filter).map(DeviceFact::path).toList();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    String first = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
    int rest = names.size() - MOST_NAMES;
    return Optional.of(rest > 0 ? first + " and " + rest + " more" : first);
  }

  private static Finding finding(Grade grade, String id, String title, String allows) {
    return new Finding(
        grade,
        "device." + id,
        title,
        allows,
        new Cure("without --privileged or --device", "linux.devices and linux.resources.devices"));
  }
}
