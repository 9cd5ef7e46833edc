package io.belljar.linux.mount;

import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_RDONLY;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of one mount, decoded into the arguments of the system calls that carry them out.
 * Where two options contradict each other, the later one holds.
 *
 * @param kind a new file system, or a bind mount
 * @param remount change the mount that is there
 * @param attributes of the mount itself (mount_setattr(2))
 * @param recursiveAttributes of the mount and all mounts below it (mount_setattr(2), AT_RECURSIVE),
 *     applied after {@code attributes}
 * @param superblock names for FSCONFIG_SET_FLAG: {@code ro}, {@code sync}, {@code lazytime} …; a
 *     bind mount shares its superblock, so for it they are not to be applied
 * @param superblockFlags the same as flags of mount(2), and those that only mount(2) has
 *     (MS_I_VERSION): MS_* to set
 * @param propagation in the order given; each one is a call of its own
 * @param idMap whether the ids of the mount are mapped
 * @param copyUp copy what is at the mount point into the new tmpfs
 * @param copySymlink make the same link when the source is a symbolic link
 * @param data what is for the file system, in the order given: {@code size=64k} …
 */
public record MountOptions(
    Kind kind,
    boolean remount,
    AttributeChange attributes,
    AttributeChange recursiveAttributes,
    List<String> superblock,
    int superblockFlags,
    List<Propagation> propagation,
    Optional<IdMapScope> idMap,
    boolean copyUp,
    boolean copySymlink,
    List<String> data) {

  /** What kind of mount it is. */
  public enum Kind {
    FILESYSTEM,
    BIND,
    RECURSIVE_BIND
  }

  /** Which mounts get mapped ids. */
  public enum IdMapScope {
    MOUNT,
    TREE
  }

  /** Copies the lists. */
  public MountOptions {
    superblock = List.copyOf(superblock);
    propagation = List.copyOf(propagation);
    data = List.copyOf(data);
  }

  /** Whether it is a bind mount, recursive or not. */
  public boolean isBind() {
    return kind != Kind.FILESYSTEM;
  }

  /** Whether the mount itself is to be read-only. */
  public boolean isReadOnly() {
    long attributesSet = attributes.set() & ~recursiveAttributes.clear();
    return ((attributesSet | recursiveAttributes.set()) & MOUNT_ATTR_RDONLY) != 0;
  }

  /** The data in one string, as mount(2) takes it. */
  public String dataString() {
    return String.join(",", data);
  }

  /** Decodes {@code mounts[].options} of an OCI document. Nothing is refused here. */
  public static MountOptions parse(List<String> options) {
    Collector collector = new Collector();
    for (String option : options) {
      MountOption.of(option).ifPresentOrElse(collector::take, () -> collector.data.add(option));
    }
    return collector.finish();
  }

  private static final class Collector {
    private Kind kind = Kind.FILESYSTEM;
    private boolean remount;
    private AttributeChange attributes = AttributeChange.NONE;
    private AttributeChange recursiveAttributes = AttributeChange.NONE;
    // By flag, so that a later option replaces its opposite.
    private final Map<Integer, MountOption.Superblock> superblock = new LinkedHashMap<>();
    private final List<Propagation> propagation = new ArrayList<>();
    private Optional<IdMapScope> idMap = Optional.empty();
    private boolean copyUp;
    private boolean copySymlink;
    private final List<String> data = new ArrayList<>();

    // Most are of these kinds, and planners whose first mounts have no others are spared what a
    // switch over types takes when it is first reached.
    @SuppressWarnings("IfChainToSwitch")
    void take(MountOption option) {
      if (option
          instanceof MountOption.Attribute(long attribute, boolean clears, boolean recursive)) {
        change(recursive, change(recursive).with(attribute, clears));
      } else if (option instanceof MountOption.AccessTime(long mode, boolean recursive)) {
        change(recursive, change(recursive).withAccessTime(mode));
      } else if (option instanceof MountOption.ReadOnly(boolean clears)) {
        attributes = attributes.with(MOUNT_ATTR_RDONLY, clears);
        String parameter = clears ? "rw" : "ro";
        takeSuperblock(
            new MountOption.Superblock(Optional.of(parameter), MountFlags.MS_RDONLY, clears));
      } else if (option instanceof MountOption.Superblock flag) {
        takeSuperblock(flag);
      } else {
        takeOther(option);
      }
    }

    private void takeOther(MountOption option) {
      switch (option) {
        case MountOption.Propagates(Propagation type) -> propagation.add(type);
        case MountOption.Bind(boolean recursive) ->
            kind = recursive ? Kind.RECURSIVE_BIND : Kind.BIND;
        case MountOption.Remount() -> remount = true;
        case MountOption.IdMap(boolean recursive) ->
            idMap = Optional.of(recursive ? IdMapScope.TREE : IdMapScope.MOUNT);
        case MountOption.CopyUp() -> copyUp = true;
        case MountOption.CopySymlink() -> copySymlink = true;
        case MountOption.NoEffect(),
            MountOption.Attribute _,
            MountOption.AccessTime _,
            MountOption.ReadOnly _,
            MountOption.Superblock _ -> {}
      }
    }

    private AttributeChange change(boolean recursive) {
      return recursive ? recursiveAttributes : attributes;
    }

    private void change(boolean recursive, AttributeChange change) {
      if (recursive) {
        recursiveAttributes = change;
      } else {
        attributes = change;
      }
    }

    private void takeSuperblock(MountOption.Superblock flag) {
      superblock.remove(flag.flag());
      superblock.put(flag.flag(), flag);
    }

    MountOptions finish() {
      List<String> parameters = new ArrayList<>();
      int flags = 0;
      for (MountOption.Superblock flag : superblock.values()) {
        flag.parameter().ifPresent(parameters::add);
        flags |= flag.clears() ? 0 : flag.flag();
      }
      return new MountOptions(
          kind,
          remount,
          attributes,
          recursiveAttributes,
          parameters,
          flags,
          propagation,
          idMap,
          copyUp,
          copySymlink,
          data);
    }
  }
}
