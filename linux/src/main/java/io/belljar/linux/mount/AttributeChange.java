package io.belljar.linux.mount;

import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR__ATIME;

/**
 * A change of a mount's attributes, as {@code struct mount_attr} of mount_setattr(2) takes it. The
 * kernel clears first, then sets.
 *
 * @param set MOUNT_ATTR_* to set
 * @param clear MOUNT_ATTR_* to clear; all of MOUNT_ATTR__ATIME when the access-time mode changes
 */
public record AttributeChange(long set, long clear) {
  /** No change. */
  public static final AttributeChange NONE = new AttributeChange(0, 0);

  /** Whether this changes nothing. */
  public boolean isEmpty() {
    return set == 0 && clear == 0;
  }

  /** This change, then setting or clearing one attribute other than an access-time mode. */
  AttributeChange with(long attribute, boolean clears) {
    return clears
        ? new AttributeChange(set & ~attribute, clear | attribute)
        : new AttributeChange(set | attribute, clear & ~attribute);
  }

  /** This change, then choosing an access-time mode: MOUNT_ATTR_RELATIME, NOATIME, STRICTATIME. */
  AttributeChange withAccessTime(long mode) {
    return new AttributeChange((set & ~MOUNT_ATTR__ATIME) | mode, clear | MOUNT_ATTR__ATIME);
  }

  /** {@code set MOUNT_ATTR_RDONLY, clear MOUNT_ATTR_NOEXEC}; {@code nothing}. */
  @Override
  public String toString() {
    String setText = set == 0 ? "" : "set " + MountAttributes.TABLE.format(set);
    String clearText = clear == 0 ? "" : "clear " + MountAttributes.TABLE.format(clear);
    if (isEmpty()) {
      return "nothing";
    }
    return setText + (set != 0 && clear != 0 ? ", " : "") + clearText;
  }
}
