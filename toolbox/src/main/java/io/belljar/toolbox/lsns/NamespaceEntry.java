package io.belljar.toolbox.lsns;

import io.belljar.linux.NamespaceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A namespace, and the processes that were found in it. */
final class NamespaceEntry {
  private final List<ProcessEntry> processes = new ArrayList<>();
  private final NamespaceKind kind;
  private final NamespaceFacts facts;

  NamespaceEntry(NamespaceKind kind, NamespaceFacts facts) {
    this.kind = kind;
    this.facts = facts;
  }

  NamespaceKind kind() {
    return kind;
  }

  NamespaceFacts facts() {
    return facts;
  }

  long inode() {
    return facts.inode();
  }

  boolean hasParents() {
    return kind == NamespaceKind.PID || kind == NamespaceKind.USER;
  }

  /** In ascending order of their pids. */
  List<ProcessEntry> processes() {
    return processes;
  }

  /** The process that stands for it: that of the lowest pid. */
  Optional<ProcessEntry> first() {
    return processes.isEmpty() ? Optional.empty() : Optional.of(processes.getFirst());
  }

  /**
   * What the kernel tells of a namespace.
   *
   * @param inode its number
   * @param parent the number of its parent; 0 for none or one that is not seen
   * @param owner the number of the user namespace that owns it; likewise
   * @param ownerUid of a user namespace, who made it; else 0
   * @param networkId of a network namespace, the number that the caller's gave to it, -1 for none;
   *     empty when the kernel did not tell, or nobody asked
   */
  record NamespaceFacts(
      long inode, long parent, long owner, long ownerUid, OptionalInt networkId) {}
}
