package io.belljar.linux;

import java.util.Optional;

/** The eight kinds of namespaces (namespaces(7)), with the three names that each goes by. */
public enum NamespaceKind {
  MOUNT(CloneFlags.CLONE_NEWNS, "mnt", "mount"),
  PID(CloneFlags.CLONE_NEWPID, "pid", "pid"),
  NETWORK(CloneFlags.CLONE_NEWNET, "net", "network"),
  IPC(CloneFlags.CLONE_NEWIPC, "ipc", "ipc"),
  UTS(CloneFlags.CLONE_NEWUTS, "uts", "uts"),
  CGROUP(CloneFlags.CLONE_NEWCGROUP, "cgroup", "cgroup"),
  USER(CloneFlags.CLONE_NEWUSER, "user", "user"),
  TIME(CloneFlags.CLONE_NEWTIME, "time", "time");

  private final long cloneFlag;
  private final String procName;
  private final String ociName;

  NamespaceKind(long cloneFlag, String procName, String ociName) {
    this.cloneFlag = cloneFlag;
    this.procName = procName;
    this.ociName = ociName;
  }

  /** The flag for unshare(2), setns(2) and clone(2). */
  public long cloneFlag() {
    return cloneFlag;
  }

  /** The name of its file in /proc/PID/ns. */
  public String procName() {
    return procName;
  }

  /** The name of the file in /proc/PID/ns for children yet to come: differs for pid and time. */
  public String childrenProcName() {
    return this == PID || this == TIME ? procName + "_for_children" : procName;
  }

  /** The name in {@code linux.namespaces[].type} of the OCI runtime specification. */
  public String ociName() {
    return ociName;
  }

  /** The kind of this name in an OCI document. */
  public static Optional<NamespaceKind> ofOciName(String name) {
    for (NamespaceKind kind : values()) {
      if (kind.ociName.equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** The kind of this name in /proc/PID/ns ({@code mnt}), as lsns(8) writes it. */
  public static Optional<NamespaceKind> ofProcName(String name) {
    for (NamespaceKind kind : values()) {
      if (kind.procName.equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
