package io.belljar.toolbox.check;

import io.belljar.linux.Errno;
import io.belljar.linux.NamespaceKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The kinds of namespaces, and a container made of them. */
final class NamespaceItems {
  private static final String SECTION = "Namespaces";

  private static final Map<NamespaceKind, String> OPTIONS =
      new EnumMap<>(
          Map.of(
              NamespaceKind.MOUNT, "CONFIG_NAMESPACES",
              NamespaceKind.PID, "CONFIG_PID_NS",
              NamespaceKind.NETWORK, "CONFIG_NET_NS",
              NamespaceKind.IPC, "CONFIG_IPC_NS",
              NamespaceKind.UTS, "CONFIG_UTS_NS",
              NamespaceKind.CGROUP, "CONFIG_CGROUPS",
              NamespaceKind.USER, "CONFIG_USER_NS",
              NamespaceKind.TIME, "CONFIG_TIME_NS"));

  private static final Set<NamespaceKind> NEEDED =
      Set.of(
          NamespaceKind.MOUNT,
          NamespaceKind.PID,
          NamespaceKind.NETWORK,
          NamespaceKind.IPC,
          NamespaceKind.UTS,
          NamespaceKind.CGROUP);

  private NamespaceItems() {}

  static List<Item> of(MachineFacts facts) {
    List<Item> items = new ArrayList<>();
    for (NamespaceKind kind : NamespaceKind.values()) {
      Item item = item(facts, kind);
      boolean needed = NEEDED.contains(kind) || (kind == NamespaceKind.USER && !facts.privileged());
      items.add(needed ? item.asNeeded() : item);
    }
    items.add(container(facts).asNeeded());
    return items;
  }

  private static Item item(MachineFacts facts, NamespaceKind kind) {
    String option = OPTIONS.get(kind);
    String configured =
        facts.configuration().map(configuration -> configuration.describe(option)).orElse("");
    Trial trial = facts.namespaces().get(kind);
    if (trial == null) {
      return Item.no(
          SECTION,
          kind.ociName(),
          "the kernel has none" + (configured.isEmpty() ? "" : ": " + configured),
          "a kernel with " + option + "=y");
    }
    Trial user = facts.namespaces().getOrDefault(NamespaceKind.USER, Trial.WORKED);
    if (!facts.privileged() && kind != NamespaceKind.USER && !user.worked()) {
      return Item.no(
          SECTION,
          kind.ociName(),
          "only in a user namespace, which cannot be made",
          cure(facts, NamespaceKind.USER, user));
    }
    return trial.worked()
        ? Item.yes(SECTION, kind.ociName(), configured)
        : Item.no(SECTION, kind.ociName(), trial.message(), cure(facts, kind, trial));
  }

  private static String cure(MachineFacts facts, NamespaceKind kind, Trial trial) {
    if (trial.errno() == Errno.ENOSPC.number()) {
      return "sysctl -w user.max_%s_namespaces=15000".formatted(kind.procName());
    }
    return facts.privileged()
        ? "run it outside of the container or service that forbids it (capabilities, seccomp)"
        : UserNamespaceItems.cure(facts, trial);
  }

  private static Item container(MachineFacts facts) {
    String name = "a whole container";
    return facts.container().worked()
        ? Item.yes(SECTION, name, "namespaces, /proc, pivot_root and a filter were tried")
        : Item.no(
            SECTION,
            name,
            facts.container().message(),
            facts.privileged()
                ? "run it outside of the container or service that forbids it"
                : UserNamespaceItems.cure(facts, facts.container()));
  }
}
