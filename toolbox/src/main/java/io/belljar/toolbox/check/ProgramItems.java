package io.belljar.toolbox.check;

import java.util.ArrayList;
import java.util.List;

/** Programs beside the kernel, which some tasks need and run does not. */
final class ProgramItems {
  private static final String SECTION = "Other programs";

  private ProgramItems() {}

  static List<Item> of(MachineFacts facts) {
    List<Item> items = new ArrayList<>();
    items.add(program(facts, "criu", "to checkpoint containers", "apt-get install criu"));
    items.add(
        facts
            .networkPlugins()
            .map(text -> Item.yes(SECTION, "CNI plugins", text))
            .orElseGet(() ->
                Item.no(
                    SECTION,
                    "CNI plugins",
                    "none in /opt/cni/bin; engines connect containers with them",
                    "apt-get install containernetworking-plugins")));
    items.add(program(facts, "nft", "for firewall rules", "apt-get install nftables"));
    return items;
  }

  private static Item program(MachineFacts facts, String name, String use, String cure) {
    String path = facts.programs().get(name);
    return path != null
        ? Item.yes(SECTION, name, path)
        : Item.no(SECTION, name, "not found; " + use, cure);
  }
}
