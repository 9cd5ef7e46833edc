package io.belljar.plan.step;

import io.belljar.plan.Operation;
import io.belljar.plan.Slot;
import java.util.List;

/** Steps that build what the container sees as its file system. */
public sealed interface MountStep extends Step {
  /**
   * Makes a new mount of a file system and puts it onto the target, which then is the new mount's
   * root.
   *
   * @param source empty for none
   * @param attributes MOUNT_ATTR_*
   * @param options each {@code key=value} or a flag {@code key}
   */
  record Mount(Slot target, String type, String source, long attributes, List<String> options)
      implements MountStep {
    public Mount {
      options = List.copyOf(options);
    }

    @Override
    public Operation operation() {
      return Operation.MOUNT;
    }

    @Override
    public List<Object> arguments() {
      return List.of(target, type, source, attributes, options);
    }
  }

  /**
   * Puts a copy of a mount onto the target, which then is the new mount's root.
   *
   * @param recursive 1 to copy the mounts below it too
   * @param set MOUNT_ATTR_* to set on the copy's top
   * @param clear MOUNT_ATTR_* to clear on the copy's top
   * @param recursiveSet MOUNT_ATTR_* to set on the whole copy
   * @param recursiveClear MOUNT_ATTR_* to clear on the whole copy
   * @param propagation MS_SHARED, MS_SLAVE, MS_PRIVATE, MS_UNBINDABLE, or 0
   */
  record Bind(
      Slot target,
      Slot source,
      long recursive,
      long set,
      long clear,
      long recursiveSet,
      long recursiveClear,
      long propagation)
      implements MountStep {
    @Override
    public Operation operation() {
      return Operation.BIND;
    }

    @Override
    public List<Object> arguments() {
      return List.of(
          target, source, recursive, set, clear, recursiveSet, recursiveClear, propagation);
    }
  }

  /**
   * Changes a mount (mount_setattr(2)).
   *
   * @param recursive 1 to change the mounts below it too
   * @param set MOUNT_ATTR_* to set
   * @param clear MOUNT_ATTR_* to clear
   * @param propagation MS_SHARED, MS_SLAVE, MS_PRIVATE, MS_UNBINDABLE, or 0
   */
  record SetAttributes(Slot mount, long recursive, long set, long clear, long propagation)
      implements MountStep {
    @Override
    public Operation operation() {
      return Operation.SET_ATTRIBUTES;
    }

    @Override
    public List<Object> arguments() {
      return List.of(mount, recursive, set, clear, propagation);
    }
  }

  /** Makes a mount the root of the process, and detaches the old root (pivot_root(2)). */
  record PivotRoot(Slot root) implements MountStep {
    @Override
    public Operation operation() {
      return Operation.PIVOT_ROOT;
    }

    @Override
    public List<Object> arguments() {
      return List.of(root);
    }
  }

  /**
   * Moves a mount over the root and changes to it: for a root on the initial ramfs, which cannot
   * pivot.
   */
  record MoveRoot(Slot root) implements MountStep {
    @Override
    public Operation operation() {
      return Operation.MOVE_ROOT;
    }

    @Override
    public List<Object> arguments() {
      return List.of(root);
    }
  }

  /** Changes the root directory of a process that has no mount namespace of its own. */
  record ChangeRoot(Slot root) implements MountStep {
    @Override
    public Operation operation() {
      return Operation.CHANGE_ROOT;
    }

    @Override
    public List<Object> arguments() {
      return List.of(root);
    }
  }

  /**
   * Hides a path: a file behind the null device, a directory behind an empty one. A missing path is
   * fine.
   *
   * @param nullDevice the host's /dev/null, opened before the root changed, as the container's may
   *     be anything (CVE-2025-31133)
   * @param emptyDirectory keeps the empty directory from one step to the next
   */
  record Mask(Slot root, String path, Slot nullDevice, Slot emptyDirectory) implements MountStep {
    @Override
    public Operation operation() {
      return Operation.MASK;
    }

    @Override
    public List<Object> arguments() {
      return List.of(root, path, nullDevice, emptyDirectory);
    }
  }

  /** Makes a path and all mounts below it read-only. A missing path is fine. */
  record Protect(Slot root, String path) implements MountStep {
    @Override
    public Operation operation() {
      return Operation.PROTECT;
    }

    @Override
    public List<Object> arguments() {
      return List.of(root, path);
    }
  }

  /**
   * Makes a device or fifo inside a root; fine when it is already there and the same.
   *
   * @param mode with the bits of the type (S_IFCHR, S_IFBLK, S_IFIFO)
   */
  record MakeNode(Slot root, String path, long mode, long major, long minor, long uid, long gid)
      implements MountStep {
    @Override
    public Operation operation() {
      return Operation.MAKE_NODE;
    }

    @Override
    public List<Object> arguments() {
      return List.of(root, path, mode, major, minor, uid, gid);
    }
  }

  /** Makes a symbolic link inside a root; fine when something is already there. */
  record MakeLink(Slot root, String path, String target) implements MountStep {
    @Override
    public Operation operation() {
      return Operation.MAKE_LINK;
    }

    @Override
    public List<Object> arguments() {
      return List.of(root, path, target);
    }
  }
}
