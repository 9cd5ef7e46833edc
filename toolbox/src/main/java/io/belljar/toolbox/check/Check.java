package io.belljar.toolbox.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a machine offers, judged. */
public record Check(MachineFacts facts, List<Item> items) {
  /** Copies the list. */
  public Check {
    items = List.copyOf(items);
  }

  /** Judges what was found. */
  public static Check of(MachineFacts facts) {
    List<Item> items = new ArrayList<>();
    items.addAll(KernelItems.of(facts));
    items.addAll(NamespaceItems.of(facts));
    items.addAll(UserNamespaceItems.of(facts));
    items.addAll(GroupItems.of(facts));
    items.addAll(FileSystemItems.of(facts));
    items.addAll(SecurityItems.of(facts));
    items.addAll(ProgramItems.of(facts));
    items.addAll(ConfigurationItems.of(facts));
    return new Check(facts, items);
  }

  /** Whether belljar run can work for the caller. */
  public boolean canRun() {
    return items.stream().noneMatch(Item::prevents);
  }

  /** Whether it can work for users without privileges; empty when it cannot be told. */
  public Optional<Boolean> canRunForOrdinaryUsers() {
    return facts.ordinary().map(Trial::worked);
  }

  /** The sentences at the beginning. */
  public List<String> verdict() {
    List<String> sentences = new ArrayList<>();
    String who = facts.privileged() ? facts.user() : facts.user() + ", an ordinary user";
    sentences.add("belljar run " + (canRun() ? "can work" : "cannot work") + " for " + who + ".");
    if (facts.privileged()) {
      sentences.add(
          canRunForOrdinaryUsers()
              .map(yes ->
                  yes
                      ? "Ordinary users can make user namespaces, and so containers."
                      : "Ordinary users cannot make user namespaces, and so no containers.")
              .orElse("Whether ordinary users can make containers could not be tried."));
    } else {
      sentences.add("What root could do here cannot be tried by others; run it as root, too.");
    }
    List<String> missing = items.stream().filter(Item::prevents).map(Item::name).toList();
    if (!missing.isEmpty()) {
      sentences.add("Missing: " + String.join(", ", missing) + ".");
      items.stream()
          .filter(Item::prevents)
          .map(Item::cure)
          .distinct()
          .forEach(cure -> sentences.add("Cure: " + cure));
    }
    return sentences;
  }
}
