package io.belljar.toolbox.check;

import io.belljar.linux.Errno;
import java.util.ArrayList;
import java.util.List;

/** Whether ordinary users can make user namespaces, and what blocks them. */
final class UserNamespaceItems {
  private static final String SECTION = "Ordinary users";
  private static final String CLONE = "kernel.unprivileged_userns_clone";
  private static final String APPARMOR = "kernel.apparmor_restrict_unprivileged_userns";
  private static final String MOST = "user.max_user_namespaces";

  private UserNamespaceItems() {}

  static List<Item> of(MachineFacts facts) {
    List<Item> items = new ArrayList<>();
    items.add(
        facts
            .ordinary()
            .map(trial ->
                trial.worked()
                    ? Item.yes(SECTION, "user namespaces", "")
                    : Item.no(SECTION, "user namespaces", trial.message(), cure(facts, trial)))
            .orElseGet(() ->
                Item.unknown(
                    SECTION, "user namespaces", "could not be tried: CAP_SETUID is missing", "")));
    sysctl(facts, CLONE, "0", "sysctl -w " + CLONE + "=1", items);
    sysctl(facts, MOST, "0", "sysctl -w " + MOST + "=15000", items);
    if (facts.sysctls().getOrDefault(APPARMOR, "0").equals("1")) {
      items.add(
          Item.partly(
              SECTION,
              APPARMOR,
              "1: AppArmor takes the capabilities in a new user namespace away from programs without a profile",
              "an AppArmor profile with \"userns,\" for belljar, or sysctl -w " + APPARMOR + "=0"));
    }
    helpers(facts, items);
    ranges(facts, "/etc/subuid", facts.subordinateUsers(), items);
    ranges(facts, "/etc/subgid", facts.subordinateGroups(), items);
    return items;
  }

  private static void sysctl(
      MachineFacts facts, String name, String bad, String cure, List<Item> items) {
    String value = facts.sysctls().get(name);
    if (value != null) {
      items.add(
          value.equals(bad) ? Item.no(SECTION, name, value, cure) : Item.yes(SECTION, name, value));
    }
  }

  private static void helpers(MachineFacts facts, List<Item> items) {
    for (String name : List.of("newuidmap", "newgidmap")) {
      String path = facts.programs().get(name);
      items.add(
          path != null
              ? Item.yes(SECTION, name, path)
              : Item.no(
                  SECTION,
                  name,
                  "not found: containers of ordinary users have one user",
                  "apt-get install uidmap, or your distribution's package of shadow"));
    }
  }

  private static void ranges(
      MachineFacts facts, String file, List<String> ranges, List<Item> items) {
    String option = file.equals("/etc/subuid") ? "--add-subuids" : "--add-subgids";
    if (!ranges.isEmpty()) {
      items.add(Item.yes(SECTION, file, facts.user() + " has " + String.join(", ", ranges)));
    } else if (!facts.privileged()) {
      items.add(
          Item.partly(
              SECTION,
              file,
              "no range for " + facts.user() + ": its containers have one user",
              "usermod " + option + " 100000-165535 " + facts.user()));
    }
  }

  /** What blocks user namespaces here. */
  static String cure(MachineFacts facts, Trial trial) {
    if (facts.sysctls().getOrDefault(CLONE, "1").equals("0")) {
      return "sysctl -w " + CLONE + "=1";
    }
    if (facts.sysctls().getOrDefault(MOST, "1").equals("0")) {
      return "sysctl -w " + MOST + "=15000";
    }
    if (facts.sysctls().getOrDefault(APPARMOR, "0").equals("1")) {
      return "an AppArmor profile with \"userns,\" for belljar, or sysctl -w " + APPARMOR + "=0";
    }
    if (trial.errno() == Errno.EINVAL.number()) {
      return "a kernel with CONFIG_USER_NS=y";
    }
    if (trial.errno() == Errno.ENOSPC.number()) {
      return "sysctl -w " + MOST + "=15000; namespaces may also be nested 32 deep at most";
    }
    return "run it outside of the container, chroot or service that forbids it (seccomp, masked /proc)";
  }
}
