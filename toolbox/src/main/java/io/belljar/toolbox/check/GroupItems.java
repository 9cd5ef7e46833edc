package io.belljar.toolbox.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Control groups: versions, hierarchies, controllers. */
final class GroupItems {
  private static final String SECTION = "Control groups";

  /** What each controller is for in {@code belljar run}. */
  private static final Map<String, String> CONTROLLERS =
      Map.of(
          "memory", "--memory",
          "cpu", "--cpus",
          "cpuset", "--cpuset-cpus",
          "pids", "--pids-limit",
          "io", "limits of block devices",
          "hugetlb", "limits of huge pages");

  private GroupItems() {}

  static List<Item> of(MachineFacts facts) {
    List<Item> items = new ArrayList<>();
    MachineFacts.GroupFacts groups = facts.groups();
    items.add(mode(facts, groups));
    for (String controller : List.of("memory", "cpu", "cpuset", "pids", "io", "hugetlb")) {
      items.add(controller(groups, controller));
    }
    items.add(
        groups.v1().keySet().stream().anyMatch(label -> has(label, "devices"))
            ? Item.yes(SECTION, "devices", "version 1")
            : groups.v2Mounted()
                ? Item.yes(SECTION, "devices", "version 2, by BPF programs")
                : Item.no(SECTION, "devices", "no hierarchy is mounted", "mount cgroup2"));
    items.add(writable(facts, groups));
    return items;
  }

  private static Item mode(MachineFacts facts, MachineFacts.GroupFacts groups) {
    String hierarchies =
        groups.v1().keySet().stream().collect(Collectors.joining(", ", "version 1: ", ""));
    String unified =
        "version 2: "
            + (groups.v2().isEmpty()
                ? "no controllers"
                : String.join(", ", new TreeSet<>(groups.v2())));
    String name = "mounted: " + groups.mode();
    if (groups.mode().equals("none")) {
      Item none = Item.no(SECTION, name, "", "mount -t cgroup2 cgroup2 /sys/fs/cgroup");
      return facts.privileged() ? none.asNeeded() : none;
    }
    String detail =
        groups.v1().isEmpty()
            ? unified
            : groups.v2Mounted() ? hierarchies + "; " + unified : hierarchies;
    return Item.yes(SECTION, name, detail);
  }

  private static boolean has(String label, String controller) {
    return List.of(label.split(",")).contains(controller);
  }

  private static Item controller(MachineFacts.GroupFacts groups, String controller) {
    String old = controller.equals("io") ? "blkio" : controller;
    String use = CONTROLLERS.get(controller);
    if (groups.v1().keySet().stream().anyMatch(label -> has(label, old))) {
      return Item.yes(SECTION, controller, "version 1, for " + use);
    }
    return groups.v2().contains(controller)
        ? Item.yes(SECTION, controller, "version 2, for " + use)
        : Item.no(
            SECTION,
            controller,
            "no hierarchy has it: no " + use,
            "a kernel with it, not switched off by cgroup_disable=; below a v2 root, in cgroup.subtree_control");
  }

  private static Item writable(MachineFacts facts, MachineFacts.GroupFacts groups) {
    boolean any = groups.v2Writable() || groups.v1().containsValue(true);
    String name = "groups can be made";
    if (any) {
      List<String> where = new ArrayList<>();
      groups
          .v1()
          .forEach((label, writable) -> {
            if (writable) {
              where.add(label);
            }
          });
      if (groups.v2Writable()) {
        where.add("version 2");
      }
      return Item.yes(SECTION, name, "in " + String.join(", ", where));
    }
    String cure =
        facts.privileged()
            ? "mount the control groups for writing"
            : "delegate one: systemd-run --user --scope -p Delegate=yes belljar ...";
    Item no =
        Item.partly(SECTION, name, "not by " + facts.user() + ": containers without limits", cure);
    return facts.privileged()
        ? Item.no(SECTION, name, "not by " + facts.user(), cure).asNeeded()
        : no;
  }
}
