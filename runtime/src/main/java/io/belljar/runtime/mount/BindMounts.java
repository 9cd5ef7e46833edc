package io.belljar.runtime.mount;

import io.belljar.linux.OpenFlags;
import io.belljar.linux.mount.MountOptions;
import io.belljar.linux.mount.Propagation;
import io.belljar.plan.Plan;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep.CreateIn;
import io.belljar.plan.step.FileStep.Open;
import io.belljar.plan.step.MountStep;
import io.belljar.runtime.Descriptors;
import io.belljar.runtime.HostFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Mounts that show a file or directory of the host. */
final class BindMounts {
  /** Sources that are opened before their turn need a slot each, and the launcher has 63. */
  private static final int MOST_EARLY = 32;

  private final FileSystemRequest request;
  private final Map<Integer, Slot> early = new HashMap<>();

  BindMounts(FileSystemRequest request) {
    this.request = request;
  }

  /** Refuses a mount whose source is not there. */
  void check(MountEntry entry) {
    Path source = source(entry);
    switch (request.facts().files().kind(source)) {
      case MISSING -> throw entry.refuse(".source", source + " does not exist");
      case UNREACHABLE -> throw entry.refuse(".source", source + " cannot be reached");
      case DIRECTORY, FILE -> {}
    }
  }

  private Path source(MountEntry entry) {
    String source = entry.mount().source().orElse("");
    if (source.isEmpty()) {
      throw entry.refuse(".source", "missing: what is to be bound");
    }
    return request.bundle().resolve(source).normalize();
  }

  /**
   * Opens the sources in the order of the mounts. A user namespace's root may not enter directories
   * of other users, but the process that becomes it still can.
   */
  void openEarly(Plan.Builder plan, List<MountEntry> entries) {
    for (MountEntry entry : entries) {
      if (isMade(entry) && early.size() < MOST_EARLY) {
        Slot slot = plan.slot("source of " + entry.property());
        open(plan, slot, entry);
        early.put(entry.index(), slot);
      }
    }
  }

  private static boolean isMade(MountEntry entry) {
    return entry.options().isBind() && !entry.options().remount();
  }

  private void open(Plan.Builder plan, Slot slot, MountEntry entry) {
    plan.add(
        new Open(slot, source(entry).toString(), OpenFlags.O_PATH, 0), entry.why() + ".source");
  }

  void make(Plan.Builder plan, MountEntry entry) {
    Slot target = Descriptors.target(plan);
    Slot source = early.get(entry.index());
    if (source == null) {
      source = Descriptors.source(plan);
      open(plan, source, entry);
    }
    boolean directory = request.facts().files().kind(source(entry)) == HostFiles.Kind.DIRECTORY;
    plan.add(
        new CreateIn(
            target,
            Descriptors.root(plan),
            entry.path(),
            directory ? CreateIn.DIRECTORY : CreateIn.REGULAR,
            directory ? 0755 : 0644,
            0),
        entry.why() + ".destination");
    MountOptions options = entry.options();
    boolean alone = propagatesAlone(options);
    plan.add(
        new MountStep.Bind(
            target,
            source,
            options.kind() == MountOptions.Kind.RECURSIVE_BIND ? 1 : 0,
            options.attributes().set(),
            options.attributes().clear(),
            options.recursiveAttributes().set(),
            options.recursiveAttributes().clear(),
            alone ? options.propagation().getFirst().flag() : 0),
        entry.why());
    if (!alone) {
      MountSteps.propagate(plan, entry, target);
    }
  }

  // One type for the top mount alone can be set before the mount is attached.
  private static boolean propagatesAlone(MountOptions options) {
    return options.propagation().size() == 1
        && (options.kind() == MountOptions.Kind.BIND || !isRecursive(options.propagation()));
  }

  private static boolean isRecursive(List<Propagation> propagation) {
    return propagation.getFirst().isRecursive();
  }
}
