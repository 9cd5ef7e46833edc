package io.belljar.linux.mount;

import java.util.Optional;

/** How mount events travel to and from a mount (mount_namespaces(7)). */
public enum Propagation {
  PRIVATE("private", MountFlags.MS_PRIVATE, false),
  RPRIVATE("rprivate", MountFlags.MS_PRIVATE, true),
  SLAVE("slave", MountFlags.MS_SLAVE, false),
  RSLAVE("rslave", MountFlags.MS_SLAVE, true),
  SHARED("shared", MountFlags.MS_SHARED, false),
  RSHARED("rshared", MountFlags.MS_SHARED, true),
  UNBINDABLE("unbindable", MountFlags.MS_UNBINDABLE, false),
  RUNBINDABLE("runbindable", MountFlags.MS_UNBINDABLE, true);

  private final String option;
  private final int flag;
  private final boolean recursive;

  Propagation(String option, int flag, boolean recursive) {
    this.option = option;
    this.flag = flag;
    this.recursive = recursive;
  }

  /** The mount option, also the value of {@code linux.rootfsPropagation}. */
  public String option() {
    return option;
  }

  /** MS_PRIVATE, MS_SLAVE, MS_SHARED or MS_UNBINDABLE, as mount_setattr(2) takes it, too. */
  public int flag() {
    return flag;
  }

  /** Whether it is meant for the mounts below, too (AT_RECURSIVE, MS_REC). */
  public boolean isRecursive() {
    return recursive;
  }

  /** The flags for mount(2): {@link #flag}, with MS_REC when recursive. */
  public int mountFlags() {
    return recursive ? flag | MountFlags.MS_REC : flag;
  }

  /** The propagation that this mount option asks for. */
  public static Optional<Propagation> ofOption(String option) {
    for (Propagation propagation : values()) {
      if (propagation.option.equals(option)) {
        return Optional.of(propagation);
      }
    }
    return Optional.empty();
  }
}
