package io.belljar.linux.file;

import java.util.Set;

/**
 * The file systems that are the kernel's interfaces rather than files. Reading and writing them is
 * an act, for which the planner may have rights that the container has not: they are left alone.
 *
 * <p>Each place is asked for its own type: the kernel gives the device number of a file system that
 * is unmounted to the next one that is mounted, of whatever type.
 */
final class KernelFiles {
  /** {@code linux/magic.h}, and the file systems' own sources for those that it lacks. */
  static final Set<Long> TYPES =
      Set.of(
          0x9fa0L, // proc
          0x62656572L, // sysfs
          0x27e0ebL, // cgroup
          0x63677270L, // cgroup2
          0x1cd1L, // devpts
          0x6e736673L, // nsfs
          0x50494446L, // pidfs
          0x73636673L, // securityfs
          0xf97cff8cL, // selinuxfs
          0x43415d53L, // smackfs
          0x5a3c69f0L, // AppArmor's
          0xcafe4a11L, // bpf
          0x64626720L, // debugfs
          0x74726163L, // tracefs
          0x62656570L, // configfs
          0x6165676cL, // pstore
          0xde5e81e4L, // efivarfs
          0x42494e4dL, // binfmt_misc
          0x19800202L, // mqueue
          0x65735543L, // fusectl
          0x7655821L, // resctrl
          0x6c6f6f70L, // binder
          0xabba1974L, // xenfs
          0x9fa1L, // openprom
          0x9fa2L, // usbdevice
          0x67596969L, // rpc_pipefs
          0x6e667364L); // nfsd

  private KernelFiles() {}
}
