package io.belljar.toolbox.report;

import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.linux.proc.CgroupMembership;
import io.belljar.runtime.cgroup.GroupFiles;
import java.util.List;
import java.util.Optional;

/**
 * What the devices controller of cgroup v1 lets a process open. With version 2 it is a program that
 * nobody can read.
 *
 * @param lines of devices.list: {@code c 1:3 rwm}
 */
record DeviceRulesReader(List<String> lines) {
  static Optional<DeviceRulesReader> read(
      CgroupLayout layout, List<CgroupMembership> groups, GroupFiles files) {
    return groups.stream()
        .filter(group -> group.controllers().contains("devices"))
        .findFirst()
        .flatMap(group ->
            layout.v1("devices").flatMap(hierarchy -> hierarchy.place().directoryOf(group.path())))
        .flatMap(directory -> files.text(directory + "/devices.list"))
        .map(text -> new DeviceRulesReader(text.lines().toList()));
  }

  /** Whether every device may be opened. */
  boolean allowsAll() {
    return lines.stream().anyMatch(line -> line.startsWith("a *:*"));
  }

  /** Whether this device may be opened for reading or writing. */
  boolean allows(DeviceFact device) {
    return allowsAll() || lines.stream().anyMatch(line -> allows(line, device));
  }

  private static boolean allows(String line, DeviceFact device) {
    String[] words = line.split("[ :]");
    return words.length == 4
        && words[0].equals(device.block() ? "b" : "c")
        && (words[1].equals("*") || words[1].equals(Integer.toString(device.major())))
        && (words[2].equals("*") || words[2].equals(Integer.toString(device.minor())))
        && (words[3].contains("r") || words[3].contains("w"));
  }
}
