package io.belljar.toolbox.check;

import java.util.ArrayList;
import java.util.List;

/** System call filters and security modules. */
final class SecurityItems {
  private static final String SECTION = "Security";

  private SecurityItems() {}

  static List<Item> of(MachineFacts facts) {
    List<Item> items = new ArrayList<>();
    List<String> actions = facts.seccompActions();
    items.add(
        (actions.contains("errno")
                ? Item.yes(SECTION, "seccomp filters", "actions: " + String.join(", ", actions))
                : Item.no(
                    SECTION,
                    "seccomp filters",
                    "the kernel has none",
                    "a kernel with CONFIG_SECCOMP_FILTER=y"))
            .asNeeded());
    items.add(
        facts
            .libseccomp()
            .map(version -> Item.yes(SECTION, "libseccomp", version))
            .orElseGet(() ->
                Item.no(
                    SECTION,
                    "libseccomp",
                    "not found: the default profile cannot be compiled",
                    "apt-get install libseccomp2, or run with --security-opt seccomp=unconfined"))
            .asNeeded());
    items.add(
        facts.landlock() > 0
            ? Item.yes(SECTION, "landlock", "version " + facts.landlock())
            : Item.no(
                SECTION,
                "landlock",
                "the kernel has none, or has it off",
                "lsm=landlock,... on the kernel's command line"));
    modules(facts, items);
    return items;
  }

  private static void modules(MachineFacts facts, List<Item> items) {
    if (facts.securityModules().isEmpty()) {
      items.add(
          Item.unknown(
              SECTION,
              "AppArmor, SELinux",
              "securityfs is not mounted" + configured(facts),
              "mount -t securityfs securityfs /sys/kernel/security"));
      return;
    }
    List<String> active = facts.securityModules().get();
    if (!active.isEmpty()) {
      items.add(Item.yes(SECTION, "active modules", String.join(", ", active)));
    }
    for (String name : List.of("apparmor", "selinux")) {
      if (active.contains(name)) {
        items.add(Item.yes(SECTION, name, ""));
      }
    }
    if (!active.contains("apparmor") && !active.contains("selinux")) {
      items.add(
          Item.no(
              SECTION,
              "AppArmor, SELinux",
              "neither is active" + configured(facts),
              "lsm=apparmor,... or lsm=selinux,... on the kernel's command line, where it has them"));
    }
  }

  private static String configured(MachineFacts facts) {
    return facts
        .configuration()
        .map(c ->
            "; "
                + c.describe("CONFIG_SECURITY_APPARMOR")
                + ", "
                + c.describe("CONFIG_SECURITY_SELINUX"))
        .orElse("");
  }
}
