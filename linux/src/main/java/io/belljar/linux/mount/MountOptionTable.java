package io.belljar.linux.mount;

import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_NOATIME;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_NODEV;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_NODIRATIME;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_NOEXEC;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_NOSUID;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_NOSYMFOLLOW;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_RDONLY;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_RELATIME;
import static io.belljar.linux.mount.MountAttributes.MOUNT_ATTR_STRICTATIME;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The table behind {@link MountOption#of}. */
final class MountOptionTable {
  static final Map<String, MountOption> OPTIONS = new TreeMap<>();

  static {
    put("defaults", new MountOption.NoEffect());
    put("silent", new MountOption.NoEffect());
    put("loud", new MountOption.NoEffect());
    put("ro", new MountOption.ReadOnly(false));
    put("rw", new MountOption.ReadOnly(true));
    put("rro", new MountOption.Attribute(MOUNT_ATTR_RDONLY, false, true));
    put("rrw", new MountOption.Attribute(MOUNT_ATTR_RDONLY, true, true));
    attribute("nosuid", "suid", MOUNT_ATTR_NOSUID);
    attribute("nodev", "dev", MOUNT_ATTR_NODEV);
    attribute("noexec", "exec", MOUNT_ATTR_NOEXEC);
    attribute("nodiratime", "diratime", MOUNT_ATTR_NODIRATIME);
    attribute("nosymfollow", "symfollow", MOUNT_ATTR_NOSYMFOLLOW);
    accessTime("noatime", MOUNT_ATTR_NOATIME);
    accessTime("relatime", MOUNT_ATTR_RELATIME);
    accessTime("strictatime", MOUNT_ATTR_STRICTATIME);
    // The kernel's way back from the other two modes is relatime, its default since 2.6.30.
    accessTime("atime", MOUNT_ATTR_RELATIME);
    accessTime("nostrictatime", MOUNT_ATTR_RELATIME);
    // Not asking for relatime is no wish for another mode: mount(2) sets it all the same.
    put("norelatime", new MountOption.NoEffect());
    put("rnorelatime", new MountOption.NoEffect());
    superblock("sync", "async", MountFlags.MS_SYNCHRONOUS, true);
    superblock("mand", "nomand", MountFlags.MS_MANDLOCK, true);
    superblock("lazytime", "nolazytime", MountFlags.MS_LAZYTIME, true);
    superblock("iversion", "noiversion", MountFlags.MS_I_VERSION, false);
    put("dirsync", superblock(MountFlags.MS_DIRSYNC, "dirsync", false));
    // crun's names. A superblock has no mounts below it, so they mean the same.
    for (String name : new String[] {"sync", "async", "dirsync", "mand", "nomand"}) {
      put("r" + name, OPTIONS.get(name));
    }
    for (Propagation propagation : Propagation.values()) {
      put(propagation.option(), new MountOption.Propagates(propagation));
    }
    put("bind", new MountOption.Bind(false));
    put("rbind", new MountOption.Bind(true));
    put("remount", new MountOption.Remount());
    put("idmap", new MountOption.IdMap(false));
    put("ridmap", new MountOption.IdMap(true));
    put("tmpcopyup", new MountOption.CopyUp());
    put("copy-symlink", new MountOption.CopySymlink());
  }

  private MountOptionTable() {}

  private static void put(String name, MountOption option) {
    OPTIONS.put(name, option);
  }

  private static void attribute(String sets, String clears, long attribute) {
    put(sets, new MountOption.Attribute(attribute, false, false));
    put(clears, new MountOption.Attribute(attribute, true, false));
    put("r" + sets, new MountOption.Attribute(attribute, false, true));
    put("r" + clears, new MountOption.Attribute(attribute, true, true));
  }

  private static void accessTime(String name, long mode) {
    put(name, new MountOption.AccessTime(mode, false));
    put("r" + name, new MountOption.AccessTime(mode, true));
  }

  private static void superblock(String sets, String clears, int flag, boolean parameter) {
    put(sets, parameter ? superblock(flag, sets, false) : superblock(flag, false));
    put(clears, parameter ? superblock(flag, clears, true) : superblock(flag, true));
  }

  private static MountOption superblock(int flag, String parameter, boolean clears) {
    return new MountOption.Superblock(Optional.of(parameter), flag, clears);
  }

  private static MountOption superblock(int flag, boolean clears) {
    return new MountOption.Superblock(Optional.empty(), flag, clears);
  }
}
