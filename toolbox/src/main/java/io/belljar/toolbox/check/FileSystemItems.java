package io.belljar.toolbox.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** File systems that containers are made of. */
final class FileSystemItems {
  private static final String SECTION = "File systems";

  private static final Map<String, String> OPTIONS =
      Map.of(
          "overlay", "CONFIG_OVERLAY_FS",
          "squashfs", "CONFIG_SQUASHFS",
          "erofs", "CONFIG_EROFS_FS",
          "fuse", "CONFIG_FUSE_FS",
          "mqueue", "CONFIG_POSIX_MQUEUE",
          "tmpfs", "CONFIG_TMPFS",
          "devpts", "CONFIG_UNIX98_PTYS",
          "proc", "CONFIG_PROC_FS",
          "sysfs", "CONFIG_SYSFS",
          "cgroup2", "CONFIG_CGROUPS");

  private FileSystemItems() {}

  static List<Item> of(MachineFacts facts) {
    List<Item> items = new ArrayList<>();
    for (String name : List.of("proc", "sysfs", "tmpfs", "devpts", "mqueue", "cgroup2")) {
      Item item = known(facts, name);
      boolean needed = List.of("proc", "tmpfs", "devpts").contains(name);
      items.add(needed ? item.asNeeded() : item);
    }
    items.add(
        facts.overlay().worked()
            ? Item.yes(SECTION, "overlay", "mounted and gone again")
            : Item.no(
                SECTION,
                "overlay",
                facts.overlay().message(),
                facts.privileged()
                    ? "modprobe overlay"
                    : "Linux 5.11 or newer, modprobe overlay as root"));
    for (String name : List.of("squashfs", "erofs", "fuse")) {
      items.add(known(facts, name));
    }
    return items;
  }

  private static Item known(MachineFacts facts, String name) {
    if (facts.fileSystems().contains(name)) {
      return Item.yes(SECTION, name, "");
    }
    String option = OPTIONS.get(name);
    Optional<String> value =
        facts.configuration().map(c -> c.values().getOrDefault(option, "not set"));
    return value.filter("m"::equals).isPresent()
        ? Item.partly(SECTION, name, "a module that is not loaded", "modprobe " + name)
        : Item.no(
            SECTION,
            name,
            value.map(v -> option + " is " + v).orElse("the kernel does not list it"),
            "modprobe " + name + ", or a kernel with " + option);
  }
}
