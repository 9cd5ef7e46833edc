package io.belljar.toolbox.check;

import io.belljar.linux.kernel.KernelCall;
import io.belljar.linux.kernel.KernelCall.Answer;
import io.belljar.runtime.KernelVersion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The kernel's version and system calls. */
final class KernelItems {
  private static final String SECTION = "Kernel";
  private static final KernelVersion LEAST = new KernelVersion(5, 12);

  /** What the launcher's steps are made of. */
  private static final Set<KernelCall> NEEDED =
      EnumSet.of(
          KernelCall.CLONE3,
          KernelCall.OPENAT2,
          KernelCall.MOUNT_SETATTR,
          KernelCall.MOVE_MOUNT,
          KernelCall.OPEN_TREE,
          KernelCall.FSOPEN,
          KernelCall.PIDFD_OPEN,
          KernelCall.PIDFD_SEND_SIGNAL,
          KernelCall.CLOSE_RANGE);

  private KernelItems() {}

  static List<Item> of(MachineFacts facts) {
    List<Item> items = new ArrayList<>();
    items.add(version(facts.release()));
    facts
        .calls()
        .forEach((call, answer) -> {
          Item item = call(call, answer);
          items.add(NEEDED.contains(call) ? item.asNeeded() : item);
        });
    items.add(idmapped(facts));
    facts.cloneIntoGroup().ifPresent(trial -> items.add(intoGroup(trial)));
    return items;
  }

  private static Item version(String release) {
    boolean enough = KernelVersion.parse(release).compareTo(LEAST) >= 0;
    return (enough
            ? Item.yes(SECTION, "Linux " + release, "5.12 or newer is needed")
            : Item.no(SECTION, "Linux " + release, "older than 5.12", "a newer kernel"))
        .asNeeded();
  }

  private static Item call(KernelCall call, Answer answer) {
    return switch (answer) {
      case AVAILABLE -> Item.yes(SECTION, call.callName(), "");
      case MISSING ->
          Item.no(
              SECTION,
              call.callName(),
              "the kernel, or a filter, says that it has no such call",
              "Linux " + call.since() + " or newer; in a container, a filter that lets it pass");
      case FORBIDDEN -> forbidden(call);
    };
  }

  /** Some want a capability before they look at their arguments; then the kernel has them. */
  private static Item forbidden(KernelCall call) {
    return switch (call) {
      case FSOPEN, MOVE_MOUNT, MOUNT_SETATTR, OPEN_TREE ->
          Item.yes(SECTION, call.callName(), "in a user namespace");
      case IO_URING_SETUP ->
          Item.partly(
              SECTION,
              call.callName(),
              "not for this user",
              "sysctl -w kernel.io_uring_disabled=0, if a program needs it");
      default ->
          Item.no(
              SECTION,
              call.callName(),
              "EPERM (Operation not permitted): a filter refuses it",
              "run it outside of the container or service whose filter that is");
    };
  }

  private static Item idmapped(MachineFacts facts) {
    String name = "idmapped mounts";
    if (facts.idmappedMounts().isEmpty()) {
      boolean recent = KernelVersion.parse(facts.release()).compareTo(LEAST) >= 0;
      return recent
          ? Item.partly(SECTION, name, "only root may make them", "")
          : Item.no(SECTION, name, "older than 5.12", "a newer kernel");
    }
    return facts.idmappedMounts().get()
        ? Item.yes(SECTION, name, "")
        : Item.no(SECTION, name, "the kernel does not know them", "Linux 5.12 or newer");
  }

  private static Item intoGroup(Trial trial) {
    String name = "clone3 into a cgroup";
    return trial.worked()
        ? Item.yes(SECTION, name, "")
        : Item.partly(SECTION, name, trial.message(), "a cgroup that is delegated to this user");
  }
}
