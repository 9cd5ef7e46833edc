package io.belljar.runtime.mount;

import static io.belljar.linux.OpenFlags.O_DIRECTORY;
import static io.belljar.linux.OpenFlags.O_PATH;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_RDONLY;
import static io.belljar.linux.mount.MountFlags.MS_PRIVATE;
import static io.belljar.linux.mount.MountFlags.MS_SHARED;
import static io.belljar.linux.mount.MountFlags.MS_SLAVE;
import static io.belljar.linux.mount.MountFlags.MS_UNBINDABLE;

import io.belljar.plan.Plan;
import io.belljar.plan.Slot;
import io.belljar.plan.step.FileStep.Open;
import io.belljar.plan.step.MountStep;
import io.belljar.runtime.Descriptors;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.linux.Linux;
import io.belljar.spec.linux.RootfsPropagation;
import java.util.List;
import java.util.Optional;

/** The root of a container: from a directory of the host to the only tree that it sees. */
public final class RootSteps {
  private static final String PROPAGATION = "config: linux.rootfsPropagation";

  private final FileSystemRequest request;
  private final Linux linux;
  private final Optional<RootfsPropagation> propagation;

  /**
   * @throws InvalidRequestException when it needs a mount namespace and has none
   */
  public RootSteps(FileSystemRequest request) {
    this.request = request;
    this.linux = request.config().linux();
    this.propagation = linux.rootfsPropagation();
    if (!request.ownsMounts()) {
      refuseWithoutMounts("root.readonly", request.config().root().readonly());
      refuseWithoutMounts("linux.maskedPaths", !linux.maskedPaths().isEmpty());
      refuseWithoutMounts("linux.readonlyPaths", !linux.readonlyPaths().isEmpty());
      refuseWithoutMounts("linux.rootfsPropagation", propagation.isPresent());
    }
    if (request.noPivot() && isShared()) {
      throw InvalidRequestException.ofConfig(
          "linux.rootfsPropagation", "a shared root cannot be moved (--no-pivot)");
    }
  }

  private static void refuseWithoutMounts(String property, boolean set) {
    if (set) {
      throw InvalidRequestException.ofConfig(
          property, "needs a new mount namespace, which linux.namespaces does not have");
    }
  }

  private boolean isShared() {
    return propagation
        .filter(kind -> kind == RootfsPropagation.SHARED || kind == RootfsPropagation.RSHARED)
        .isPresent();
  }

  /**
   * Makes a mount of the root, apart from the host's mounts.
   *
   * <p>Nothing that is mounted from here on reaches the host: a slave mount passes nothing on. What
   * the host mounts later still arrives, where a bind mount asks for it. A shared root keeps the
   * connection to the host; then only "/" is cut off, and the root is stacked onto it, wherever its
   * directory lies.
   */
  public void open(Plan.Builder plan) {
    Slot root = Descriptors.root(plan);
    String path = request.rootfs().toString();
    if (!request.ownsMounts()) {
      plan.add(new Open(root, path, O_PATH | O_DIRECTORY, 0), "config: root.path");
      return;
    }
    if (isShared()) {
      Slot source = Descriptors.source(plan);
      plan.add(new Open(root, "/", O_PATH | O_DIRECTORY, 0), PROPAGATION);
      plan.add(new MountStep.SetAttributes(root, 0, 0, 0, MS_PRIVATE), PROPAGATION);
      plan.add(new Open(source, path, O_PATH | O_DIRECTORY, 0), "config: root.path");
      plan.add(new MountStep.Bind(root, source, 1, 0, 0, 0, 0, 0), "config: root.path");
      return;
    }
    Slot host = Descriptors.hostRoot(plan);
    String why =
        propagation.isPresent()
            ? PROPAGATION
            : "default: no mount of the container reaches the host";
    plan.add(new Open(host, "/", O_PATH | O_DIRECTORY, 0), why);
    plan.add(new MountStep.SetAttributes(host, 1, 0, 0, isPrivate() ? MS_PRIVATE : MS_SLAVE), why);
    plan.add(new Open(root, path, O_PATH | O_DIRECTORY, 0), "config: root.path");
    plan.add(
        new MountStep.Bind(root, root, 1, 0, 0, 0, 0, 0),
        "config: root.path, as pivot_root wants a mount");
  }

  private boolean isPrivate() {
    return propagation
        .filter(kind -> kind == RootfsPropagation.PRIVATE || kind == RootfsPropagation.RPRIVATE)
        .isPresent();
  }

  /** Opens the host's null device, which files are masked with. */
  public void openNullDevice(Plan.Builder plan) {
    if (!linux.maskedPaths().isEmpty()) {
      plan.add(
          new Open(Descriptors.nullDevice(plan), "/dev/null", O_PATH, 0),
          "config: linux.maskedPaths, as the container's /dev/null may be anything");
    }
  }

  /**
   * Hides what the container may not see. Before the root is entered: the host's null device is a
   * mount of the host's tree, which can only be copied while that is there.
   */
  public void mask(Plan.Builder plan) {
    Slot root = Descriptors.root(plan);
    List<String> masked = linux.maskedPaths();
    for (int i = 0; i < masked.size(); i++) {
      plan.add(
          new MountStep.Mask(
              root,
              InRoot.path(masked.get(i)),
              Descriptors.nullDevice(plan),
              Descriptors.emptyDirectory(plan)),
          "config: linux.maskedPaths[" + i + "]");
    }
  }

  /** Makes it the process's root; nothing of the host's is reachable by path afterwards. */
  public void enter(Plan.Builder plan) {
    Slot root = Descriptors.root(plan);
    if (!request.ownsMounts()) {
      plan.add(new MountStep.ChangeRoot(root), "config: root.path, without a mount namespace");
    } else if (request.noPivot()) {
      plan.add(new MountStep.MoveRoot(root), "option --no-pivot");
    } else {
      plan.add(new MountStep.PivotRoot(root), "config: root.path");
    }
    propagation.ifPresent(kind -> propagate(plan, kind));
  }

  // Only now: before, it would have been a property of the host's mounts.
  private static void propagate(Plan.Builder plan, RootfsPropagation kind) {
    long flag =
        switch (kind) {
          case SHARED, RSHARED -> MS_SHARED;
          case UNBINDABLE, RUNBINDABLE -> MS_UNBINDABLE;
          case SLAVE, RSLAVE, PRIVATE, RPRIVATE -> 0;
        };
    if (flag != 0) {
      plan.add(
          new MountStep.SetAttributes(Descriptors.root(plan), kind.recursive() ? 1 : 0, 0, 0, flag),
          PROPAGATION);
    }
  }

  /** Takes away what the container may not write. */
  public void protect(Plan.Builder plan) {
    Slot root = Descriptors.root(plan);
    if (request.config().root().readonly()) {
      plan.add(
          new MountStep.SetAttributes(root, 0, MOUNT_ATTR_RDONLY, 0, 0), "config: root.readonly");
    }
    List<String> readonly = linux.readonlyPaths();
    for (int i = 0; i < readonly.size(); i++) {
      plan.add(
          new MountStep.Protect(root, InRoot.path(readonly.get(i))),
          "config: linux.readonlyPaths[" + i + "]");
    }
  }
}
