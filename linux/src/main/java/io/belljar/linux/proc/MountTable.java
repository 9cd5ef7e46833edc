package io.belljar.linux.proc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The mounts of a mount namespace, as one process sees them: those below its root directory.
 *
 * <p>Mounts hide one another. {@link #at} and {@link #containing} answer as a path lookup does,
 * from the root down, always onto the topmost mount.
 */
public final class MountTable {
  /** Its methods are written out: those of a record are put together when they are first called. */
  private record Place(int parent, String mountPoint) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Place place
          && parent == place.parent
          && mountPoint.equals(place.mountPoint);
    }

    @Override
    public int hashCode() {
      return 31 * mountPoint.hashCode() + parent;
    }
  }

  /** No mounts at all. */
  public static final MountTable EMPTY = new MountTable(List.of());

  private final List<MountInfo> mounts;
  private final Map<Place, MountInfo> children = new HashMap<>();
  private final Set<Integer> ids = new HashSet<>();

  private MountTable(List<MountInfo> mounts) {
    this.mounts = List.copyOf(mounts);
    for (MountInfo mount : mounts) {
      ids.add(mount.id());
    }
    for (MountInfo mount : mounts) {
      children.put(new Place(mount.parent(), mount.mountPoint()), mount);
    }
  }

  /**
   * The mounts in the text of a mountinfo file. A line that is not of the documented form is left
   * out: some file systems print bytes that users choose without escaping them.
   */
  static MountTable parse(String text) {
    List<MountInfo> mounts = new ArrayList<>();
    for (String line : ProcFs.lines(text)) {
      MountInfo.parse(line).ifPresent(mounts::add);
    }
    return new MountTable(mounts);
  }

  /** Every mount, hidden ones too, in the kernel's order. */
  public List<MountInfo> all() {
    return mounts;
  }

  /** The mounts that a path lookup can reach, in the kernel's order. */
  public List<MountInfo> visible() {
    return mounts.stream().filter(this::isVisible).toList();
  }

  /** Whether no other mount covers this one. */
  public boolean isVisible(MountInfo mount) {
    return containing(mount.mountPoint()).filter(top -> top.id() == mount.id()).isPresent();
  }

  /** The visible mount whose mount point is exactly this absolute, resolved path. */
  public Optional<MountInfo> at(String path) {
    return containing(path).filter(mount -> mount.mountPoint().equals(path));
  }

  /** The visible mount that holds this absolute path without {@code .}, {@code ..}, links. */
  public Optional<MountInfo> containing(String path) {
    Optional<MountInfo> current = topmost(Optional.empty(), "/");
    int slash = 0;
    while (slash >= 0 && !path.equals("/")) {
      slash = path.indexOf('/', slash + 1);
      current = topmost(current, slash < 0 ? path : path.substring(0, slash));
    }
    return current;
  }

  /** The top of the pile that is mounted at {@code point} within {@code current}. */
  private Optional<MountInfo> topmost(Optional<MountInfo> current, String point) {
    Optional<MountInfo> top = current;
    // Bounded by the number of mounts, should a hostile fixture hold a cycle of parents.
    for (int i = 0; i <= mounts.size(); i++) {
      Optional<MountInfo> next = childOf(top, point);
      if (next.isEmpty()) {
        return top;
      }
      top = next;
    }
    return top;
  }

  private Optional<MountInfo> childOf(Optional<MountInfo> parent, String point) {
    if (parent.isPresent()) {
      MountInfo child = children.get(new Place(parent.get().id(), point));
      return Optional.ofNullable(child).filter(c -> c.id() != parent.get().id());
    }
    // Below a chroot the root need not be a mount: then its mounts hang on parents not listed.
    return mounts.stream()
        .filter(m -> m.mountPoint().equals(point) && isTop(m))
        .reduce((first, second) -> second);
  }

  private boolean isTop(MountInfo mount) {
    return mount.parent() == mount.id() || !ids.contains(mount.parent());
  }
}
