package io.belljar.runtime.mount;

import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_NODEV;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_NOEXEC;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_NOSUID;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_RDONLY;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.OpenFlags;
import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.linux.cgroup.CgroupPlace;
import io.belljar.linux.cgroup.V1Hierarchy;
import io.belljar.linux.cgroup.V2Hierarchy;
import io.belljar.linux.mount.MountFlags;
import io.belljar.plan.Plan;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep.CreateIn;
import io.belljar.plan.step.FileStep.Open;
import io.belljar.plan.step.MountStep;
import io.belljar.runtime.Descriptors;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A mount of type {@code cgroup}: what it is depends on the machine.
 *
 * <p>Version 2 alone is one file system. Version 1 is a directory with a mount for each hierarchy,
 * and links for controllers that share one; a version 2 hierarchy beside them is one more. In a
 * cgroup namespace the file systems themselves show the container's groups as their roots; outside
 * of one, its own groups are bound, so that the host's are out of reach.
 */
final class CgroupMounts {
  private static final long RESTRICTED = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;

  private final FileSystemRequest request;
  private final MountEntry entry;
  private final CgroupLayout layout;
  private final boolean inNamespace;
  private final long attributes;

  CgroupMounts(FileSystemRequest request, MountEntry entry) {
    this.request = request;
    this.entry = entry;
    this.layout = request.facts().cgroups();
    this.inNamespace = request.namespaces().has(NamespaceKind.CGROUP);
    this.attributes = MountSteps.attributes(entry.options());
  }

  void make(Plan.Builder plan) {
    switch (layout.mode()) {
      case NONE -> throw entry.refuse("", "this machine has no control groups mounted");
      case V2 -> unified(plan);
      case V1, HYBRID -> hierarchies(plan);
    }
  }

  private void unified(Plan.Builder plan) {
    Slot target = Descriptors.target(plan);
    create(plan, target, Descriptors.root(plan), entry.path());
    V2Hierarchy hierarchy = layout.v2().orElseThrow();
    if (inNamespace) {
      mount(plan, target, "cgroup2", attributes, entry.options().data());
    } else if (request.inUserNamespace()) {
      // Only who owns the cgroup namespace may mount its file system.
      bind(plan, target, hierarchy.place());
    } else if (entry.options().data().isEmpty() && hierarchy.place().mountRoot().equals("/")) {
      // A new mount from the host's namespace would set the options of the host's own, nsdelegate
      // among them, and wait for all processors to notice. Of another one's mount, that shows other
      // groups, this would be seen through.
      bind(plan, target, hierarchy.place().mountPoint(), "the host's groups");
    } else {
      mount(plan, target, "cgroup2", attributes, entry.options().data());
    }
    MountSteps.propagate(plan, entry, target);
  }

  private void hierarchies(Plan.Builder plan) {
    if (!entry.options().data().isEmpty()) {
      throw entry.refuse(
          ".options",
          "\""
              + entry.options().data().getFirst()
              + "\" means nothing to control groups version 1");
    }
    Slot directory = plan.slot("cgroup directory");
    create(plan, directory, Descriptors.root(plan), entry.path());
    plan.add(
        new MountStep.Mount(directory, "tmpfs", "tmpfs", RESTRICTED, List.of("mode=755")),
        entry.why() + ", a directory for each hierarchy");
    for (V1Hierarchy hierarchy : layout.v1()) {
      hierarchy(plan, directory, hierarchy);
    }
    layout.v2().ifPresent(hierarchy -> beside(plan, directory, hierarchy));
    if (entry.options().isReadOnly()) {
      plan.add(
          new MountStep.SetAttributes(directory, 0, MOUNT_ATTR_RDONLY, 0, 0),
          entry.why() + ".options: ro");
    }
    MountSteps.propagate(plan, entry, directory);
  }

  private void hierarchy(Plan.Builder plan, Slot directory, V1Hierarchy hierarchy) {
    if (!inNamespace && groupIn(hierarchy.place()).isEmpty()) {
      return;
    }
    Slot target = Descriptors.target(plan);
    String name = hierarchy.directoryName();
    create(plan, target, directory, name);
    if (inNamespace) {
      List<String> parameters =
          hierarchy
              .name()
              .map(label -> List.of("none", "name=" + label))
              .orElseGet(() -> hierarchy.controllers().stream().sorted().toList());
      mount(plan, target, "cgroup", RESTRICTED | attributes, parameters);
    } else {
      bind(plan, target, hierarchy.place());
    }
    for (String link : hierarchy.links()) {
      plan.add(
          new MountStep.MakeLink(directory, link, name),
          entry.why() + ", a name for each controller of " + name);
    }
  }

  private void beside(Plan.Builder plan, Slot directory, V2Hierarchy hierarchy) {
    if (!inNamespace && groupIn(hierarchy.place()).isEmpty()) {
      return;
    }
    Slot target = Descriptors.target(plan);
    create(
        plan, target, directory, Path.of(hierarchy.place().mountPoint()).getFileName().toString());
    if (inNamespace) {
      mount(plan, target, "cgroup2", RESTRICTED | attributes, List.of());
    } else {
      bind(plan, target, hierarchy.place());
    }
  }

  private void create(Plan.Builder plan, Slot slot, Slot in, String path) {
    plan.add(
        new CreateIn(slot, in, path, CreateIn.DIRECTORY, 0755, 0), entry.why() + ".destination");
  }

  private void mount(
      Plan.Builder plan, Slot target, String type, long set, List<String> parameters) {
    plan.add(new MountStep.Mount(target, type, "cgroup", set, parameters), entry.why());
  }

  private void bind(Plan.Builder plan, Slot target, CgroupPlace place) {
    String group =
        groupIn(place)
            .orElseThrow(
                () -> entry.refuse("", "the container has no control group to show there"));
    bind(plan, target, group, "the container's own group");
  }

  private void bind(Plan.Builder plan, Slot target, String directory, String what) {
    Slot source = Descriptors.source(plan);
    plan.add(
        new Open(source, directory, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0),
        entry.why() + ", " + what);
    plan.add(
        new MountStep.Bind(
            target, source, 0, RESTRICTED | attributes, 0, 0, 0, MountFlags.MS_PRIVATE),
        entry.why());
  }

  private Optional<String> groupIn(CgroupPlace place) {
    return request.groups().directoryBelow(place.mountPoint()).or(place::ownDirectory);
  }
}
