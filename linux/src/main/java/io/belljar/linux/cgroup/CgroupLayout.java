package io.belljar.linux.cgroup;

import io.belljar.linux.file.SmallFile;
import io.belljar.linux.proc.CgroupMembership;
import io.belljar.linux.proc.MountInfo;
import io.belljar.linux.proc.MountTable;
import io.belljar.linux.proc.ProcException;
import io.belljar.linux.proc.ProcFs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which cgroup hierarchies a process can use: cgroup v1, v2, both at once, or none (cgroups(7)).
 *
 * <p>It is read from the mounts that the process can see and from /proc/PID/cgroup; directory names
 * below /sys/fs/cgroup are never taken for a fact.
 *
 * @param v1 the mounted v1 hierarchies, in the order of /proc/PID/cgroup
 * @param v2 the v2 hierarchy, if mounted
 */
public record CgroupLayout(List<V1Hierarchy> v1, Optional<V2Hierarchy> v2) {
  private static final int KEPT_MOUNTS = 1000;
  private static final String USUAL_PLACE = "/sys/fs/cgroup";
  private static final int MAX_CONTROLLERS_FILE = 64 << 10;

  /** What the two files of a process say together: it is seldom that they say something new. */
  private record Hierarchies(
      MountTable mounts,
      List<CgroupMembership> memberships,
      List<V1Hierarchy> v1,
      Optional<CgroupPlace> v2) {
    /**
     * Equal ones that were read again are read again here, too: that they are the same is quick.
     */
    @SuppressWarnings("ReferenceEquality")
    boolean areOf(MountTable otherMounts, List<CgroupMembership> otherMemberships) {
      return mounts == otherMounts && memberships == otherMemberships;
    }
  }

  private static volatile Hierarchies last = hierarchies(MountTable.EMPTY, List.of());

  /** What the layout amounts to. */
  public enum Mode {
    /** No cgroup file system is mounted. */
    NONE,
    /** Only v1 hierarchies. */
    V1,
    /** v1 hierarchies and a v2 hierarchy, each with some of the controllers or with none. */
    HYBRID,
    /** Only v2. */
    V2
  }

  /** Copies the list. */
  public CgroupLayout {
    v1 = List.copyOf(v1);
  }

  /** What the layout amounts to. */
  public Mode mode() {
    if (v2.isPresent()) {
      return v1.isEmpty() ? Mode.V2 : Mode.HYBRID;
    }
    return v1.isEmpty() ? Mode.NONE : Mode.V1;
  }

  /** The v1 hierarchy that has this controller. */
  public Optional<V1Hierarchy> v1(String controller) {
    return v1.stream().filter(h -> h.controllers().contains(controller)).findFirst();
  }

  /** The v1 hierarchy of this name, without controllers: {@code systemd}. */
  public Optional<V1Hierarchy> v1Named(String name) {
    return v1.stream().filter(h -> h.name().equals(Optional.of(name))).findFirst();
  }

  /** Whether the v2 hierarchy has this controller. */
  public boolean hasV2(String controller) {
    return v2.isPresent() && v2.get().controllers().contains(controller);
  }

  /**
   * The layout that this process sees; empty when there is no such process.
   *
   * @param proc the proc file system
   * @param root what mount points are relative to for reading {@code cgroup.controllers}: {@code
   *     /}, or a directory of fixtures
   * @throws ProcException when /proc or the v2 root cannot be read
   */
  public static Optional<CgroupLayout> detect(ProcFs proc, int pid, Path root) {
    Optional<MountTable> mounts = proc.mounts(pid);
    Optional<List<CgroupMembership>> memberships = proc.cgroups(pid);
    if (mounts.isEmpty() || memberships.isEmpty()) {
      return Optional.empty();
    }
    Hierarchies known = last;
    if (!known.areOf(mounts.get(), memberships.get())) {
      known = hierarchies(mounts.get(), memberships.get());
      last = mounts.get().all().size() <= KEPT_MOUNTS ? known : last;
    }
    return Optional.of(
        new CgroupLayout(
            known.v1(),
            known.v2().map(place -> new V2Hierarchy(readControllers(root, place), place))));
  }

  private static Hierarchies hierarchies(MountTable mounts, List<CgroupMembership> memberships) {
    // Of hundreds of mounts a dozen matter: those are looked at.
    List<MountInfo> visible =
        mounts.all().stream()
            .filter(mount -> mount.type().startsWith("cgroup"))
            .filter(mounts::isVisible)
            .toList();
    List<V1Hierarchy> v1 = new ArrayList<>();
    Optional<CgroupPlace> v2 = Optional.empty();
    for (CgroupMembership membership : memberships) {
      Optional<MountInfo> mount = mountOf(membership, visible);
      if (mount.isPresent()) {
        CgroupPlace place = place(mount.get(), membership);
        if (membership.isUnified()) {
          v2 = Optional.of(place);
        } else {
          v1.add(new V1Hierarchy(membership.controllers(), membership.name(), place));
        }
      }
    }
    return new Hierarchies(mounts, memberships, List.copyOf(v1), v2);
  }

  private static CgroupPlace place(MountInfo mount, CgroupMembership membership) {
    return new CgroupPlace(
        mount.mountPoint(), mount.root(), membership.path(), mount.hasOption("ro"));
  }

  /** The best mount of a hierarchy: one that holds the process's cgroup, in the usual place. */
  private static Optional<MountInfo> mountOf(CgroupMembership membership, List<MountInfo> visible) {
    Optional<MountInfo> best = Optional.empty();
    for (MountInfo mount : visible) {
      if (holds(mount, membership)
          && (best.isEmpty() || rank(mount, membership) < rank(best.get(), membership))) {
        best = Optional.of(mount);
      }
    }
    return best;
  }

  private static int rank(MountInfo mount, CgroupMembership membership) {
    return (place(mount, membership).ownDirectory().isEmpty() ? 4 : 0)
        + (mount.mountPoint().equals(USUAL_PLACE) ? 0 : 2)
        + (mount.mountPoint().startsWith(USUAL_PLACE + "/") ? 0 : 1);
  }

  private static boolean holds(MountInfo mount, CgroupMembership membership) {
    if (membership.isUnified()) {
      return mount.type().equals("cgroup2");
    }
    if (membership.controllers().isEmpty() && membership.name().isEmpty()) {
      return false;
    }
    List<String> options = mount.superOptionList();
    return mount.type().equals("cgroup")
        && options.containsAll(membership.controllers())
        && membership.name().map(name -> options.contains("name=" + name)).orElse(true);
  }

  private static Set<String> readControllers(Path root, CgroupPlace place) {
    Path file = root.resolve("." + place.mountPoint()).resolve("cgroup.controllers").normalize();
    try {
      String text =
          new String(SmallFile.read(file, MAX_CONTROLLERS_FILE), StandardCharsets.US_ASCII).strip();
      return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
    } catch (NoSuchFileException e) {
      return Set.of(); // the root of a mount made in another cgroup namespace may be deleted
    } catch (IOException e) {
      throw new ProcException(file, String.valueOf(e.getMessage()), e);
    }
  }
}
