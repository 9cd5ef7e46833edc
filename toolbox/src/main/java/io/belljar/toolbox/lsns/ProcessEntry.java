package io.belljar.toolbox.lsns;

import io.belljar.linux.NamespaceKind;
import java.util.Map;

/**
 * A process.
 *
 * @param uid whose directory in /proc is; root's for one that is not dumpable
 * @param user the name of the uid, or the number
 * @param namespaces the inodes of its namespaces, as far as the caller may see them
 */
record ProcessEntry(
    int pid, int parent, long uid, String user, Map<NamespaceKind, Long> namespaces) {
  boolean isIn(NamespaceKind kind, long inode) {
    return namespaces.getOrDefault(kind, 0L) == inode;
  }
}
