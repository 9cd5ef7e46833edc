package io.belljar.toolbox.nsenter;

import static io.belljar.linux.OpenFlags.O_NOCTTY;
import static io.belljar.linux.OpenFlags.O_NONBLOCK;
import static io.belljar.linux.OpenFlags.O_RDONLY;

import io.belljar.linux.NamespaceKind;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.NamespaceStep;
import io.belljar.toolbox.command.Complaint;
import io.belljar.toolbox.command.KindOrder;
import io.belljar.toolbox.command.Refusal;
import io.belljar.toolbox.command.ToolPlan;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which namespaces are entered, and from where each is opened. */
final class EnteredNamespaces {
  // What lies at a path may be a fifo or a terminal, put there for whoever opens it.
  private static final int NAMESPACE = O_RDONLY | O_NONBLOCK | O_NOCTTY;

  private final NsenterOptions.Namespaces asked;
  private final Follow follow;
  private final Map<NamespaceKind, Optional<String>> files = new EnumMap<>(NamespaceKind.class);

  EnteredNamespaces(NsenterOptions.Namespaces asked, Follow follow) {
    this.asked = asked;
    this.follow = follow;
    files.putAll(asked.files());
    if (asked.all()) {
      follow.usable().forEach(kind -> files.putIfAbsent(kind, Optional.empty()));
    }
    if (asked.userParent()) {
      follow.requireTarget();
      files.putIfAbsent(NamespaceKind.USER, Optional.empty());
    }
    if (asked.netSocket().isPresent()) {
      follow.requireTarget();
      files.put(NamespaceKind.NETWORK, Optional.empty());
    }
  }

  boolean contains(NamespaceKind kind) {
    return files.containsKey(kind);
  }

  /** In the order in which they are entered. */
  List<NamespaceKind> kinds() {
    return KindOrder.KINDS.stream().filter(files::containsKey).toList();
  }

  /** Where the target is held. */
  static Slot target(ToolPlan.Builder plan) {
    return plan.slot("target");
  }

  /** Where a namespace is held. */
  static Slot slot(ToolPlan.Builder plan, NamespaceKind kind) {
    return plan.slot("namespace " + kind.procName());
  }

  /** Opens all of them; whether any is the target's. */
  boolean open(ToolPlan.Builder plan) {
    boolean followed = false;
    for (NamespaceKind kind : kinds()) {
      followed |= files.get(kind).isEmpty();
      if (kind == NamespaceKind.NETWORK && asked.netSocket().isPresent()) {
        openOfSocket(plan, descriptor(asked.netSocket().get()));
      } else {
        String path = files.get(kind).orElseGet(() -> follow.path("ns/" + kind.procName()));
        plan.add(
            new FileStep.Open(slot(plan, kind), path, NAMESPACE, 0),
            why(kind),
            "cannot open " + path);
      }
    }
    if (asked.userParent()) {
      Slot user = slot(plan, NamespaceKind.USER);
      plan.add(
          new NamespaceStep.OpenOwner(user, user),
          why(NamespaceKind.USER),
          "failed to open parent namespace");
    }
    return followed;
  }

  private void openOfSocket(ToolPlan.Builder plan, int descriptor) {
    plan.add(
        new NamespaceStep.OpenOfSocket(slot(plan, NamespaceKind.NETWORK), target(plan), descriptor),
        why(NamespaceKind.NETWORK),
        Complaint.of(
            "cannot take file descriptor %d of the target".formatted(descriptor),
            "cannot open the network namespace of file descriptor " + descriptor));
  }

  private static int descriptor(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException none) {
      // below
    }
    throw new Refusal("failed to parse file descriptor: '" + text + "'");
  }

  /** The option that asks for it. */
  String why(NamespaceKind kind) {
    return "option --"
        + switch (kind) {
          case USER -> asked.userParent() ? "user-parent" : "user";
          case NETWORK -> asked.netSocket().isPresent() ? "net-socket" : "net";
          default -> kind.ociName();
        };
  }
}
