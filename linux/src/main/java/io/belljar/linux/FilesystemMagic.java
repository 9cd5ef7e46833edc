package io.belljar.linux;

import java.util.Optional;

/** The file systems that a plan verifies by {@code f_type} of statfs(2) ({@code linux/magic.h}). */
public enum FilesystemMagic {
  PROC(0x9fa0L),
  SYSFS(0x62656572L),
  TMPFS(0x01021994L),
  CGROUP(0x27e0ebL),
  CGROUP2(0x63677270L),
  DEVPTS(0x1cd1L),
  OVERLAYFS(0x794c7630L),
  NSFS(0x6e736673L),
  SECURITYFS(0x73636673L),
  SELINUXFS(0xf97cff8cL),
  BPF(0xcafe4a11L);

  private final long number;

  FilesystemMagic(long number) {
    this.number = number;
  }

  /** The number in {@code f_type}. */
  public long number() {
    return number;
  }

  /** The file system of this number. */
  public static Optional<FilesystemMagic> of(long number) {
    for (FilesystemMagic magic : values()) {
      if (magic.number == number) {
        return Optional.of(magic);
      }
    }
    return Optional.empty();
  }
}
