package io.belljar.toolbox.check;

import io.belljar.toolbox.page.Page;
import io.belljar.toolbox.page.Page.Colour;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A check for people: the verdict, then everything by section, with cures. */
public final class CheckText {
  private static final int STANDING = 9;
  private static final int NAME = 26;

  private CheckText() {}

  /** The check on this page. */
  public static String of(Check check, Page page) {
    Colour colour = check.canRun() ? Colour.GREEN : Colour.RED;
    for (String sentence : check.verdict()) {
      page.line(sentence, colour);
      colour = Colour.PLAIN;
    }
    Map<String, List<Item>> sections =
        check.items().stream()
            .collect(Collectors.groupingBy(Item::section, LinkedHashMap::new, Collectors.toList()));
    sections.forEach((section, items) -> {
      page.section(section);
      List<Item> plain =
          items.stream()
              .filter(item -> item.standing() == Item.Standing.YES && item.detail().isEmpty())
              .toList();
      items.stream().filter(item -> !plain.contains(item)).forEach(item -> item(page, item));
      if (!plain.isEmpty()) {
        String names = String.join(", ", plain.stream().map(Item::name).toList());
        page.row(2, "yes", STANDING, names, Colour.GREEN);
      }
    });
    return page.text();
  }

  private static void item(Page page, Item item) {
    page.row(
        2,
        item.standing().word(),
        STANDING,
        item.name(),
        NAME,
        item.detail(),
        colour(item.standing()));
    if (!item.cure().isEmpty()) {
      page.row(2 + STANDING, "cure:", 6, item.cure(), Colour.DIM);
    }
  }

  private static Colour colour(Item.Standing standing) {
    return switch (standing) {
      case YES -> Colour.GREEN;
      case PARTLY, UNKNOWN -> Colour.YELLOW;
      case NO -> Colour.RED;
    };
  }
}
