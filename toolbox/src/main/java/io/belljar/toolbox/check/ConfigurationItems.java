package io.belljar.toolbox.check;

import java.util.ArrayList;
import java.util.List;

/** What the kernel was built with, of what containers use. */
final class ConfigurationItems {
  private static final String SECTION = "Kernel configuration";

  private static final List<String> OPTIONS =
      List.of(
          "NAMESPACES",
          "UTS_NS",
          "IPC_NS",
          "PID_NS",
          "NET_NS",
          "USER_NS",
          "TIME_NS",
          "CGROUPS",
          "MEMCG",
          "CGROUP_SCHED",
          "CFS_BANDWIDTH",
          "CPUSETS",
          "CGROUP_PIDS",
          "BLK_CGROUP",
          "CGROUP_DEVICE",
          "CGROUP_FREEZER",
          "CGROUP_HUGETLB",
          "CGROUP_BPF",
          "BPF_SYSCALL",
          "SECCOMP",
          "SECCOMP_FILTER",
          "OVERLAY_FS",
          "SQUASHFS",
          "EROFS_FS",
          "FUSE_FS",
          "TMPFS",
          "POSIX_MQUEUE",
          "KEYS",
          "VETH",
          "BRIDGE",
          "TUN",
          "NF_TABLES",
          "CHECKPOINT_RESTORE",
          "SECURITY_APPARMOR",
          "SECURITY_SELINUX",
          "SECURITY_LANDLOCK",
          "SECURITY_YAMA");

  private ConfigurationItems() {}

  static List<Item> of(MachineFacts facts) {
    if (facts.configuration().isEmpty()) {
      return List.of(
          Item.unknown(
              SECTION,
              "not readable",
              "neither /proc/config.gz nor /boot/config-" + facts.release() + " is there",
              "modprobe configs, where the kernel has it"));
    }
    KernelConfiguration configuration = facts.configuration().get();
    List<Item> items = new ArrayList<>();
    items.add(Item.yes(SECTION, "from", configuration.source()));
    add(items, configuration, "built in", "y");
    add(items, configuration, "as modules", "m");
    List<String> missing =
        OPTIONS.stream()
            .filter(name -> !configuration.values().containsKey("CONFIG_" + name))
            .toList();
    if (!missing.isEmpty()) {
      items.add(
          Item.partly(
              SECTION,
              "not set",
              prefixed(missing),
              "another kernel, where one of them is needed"));
    }
    return items;
  }

  private static void add(
      List<Item> items, KernelConfiguration configuration, String name, String value) {
    List<String> options =
        OPTIONS.stream()
            .filter(option -> value.equals(configuration.values().get("CONFIG_" + option)))
            .toList();
    if (!options.isEmpty()) {
      items.add(Item.yes(SECTION, name, prefixed(options)));
    }
  }

  private static String prefixed(List<String> options) {
    return String.join(" ", options.stream().map("CONFIG_"::concat).toList());
  }
}
