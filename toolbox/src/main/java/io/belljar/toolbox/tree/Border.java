package io.belljar.toolbox.tree;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.IdMapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What separates a process from its parent.
 *
 * @param changes the namespaces that it does not share with its parent
 * @param uidMap how uids are mapped inside, where the user namespace is one of them
 * @param container the container that begins here
 * @param cgroup the cgroup inside
 */
public record Border(
    Map<NamespaceKind, Change> changes,
    List<IdMapping> uidMap,
    Optional<ContainerRef> container,
    String cgroup) {

  /**
   * Another namespace than the parent's.
   *
   * @param inode its number
   * @param how how the process came to be in it
   */
  public record Change(long inode, How how) {}

  /** How a process came to be in a namespace that its parent is not in. */
  public enum How {
    /** No process further up or to the left is in it. */
    NEW("new"),
    /** Others were in it before. */
    ENTERED("entered"),
    /** It is the host's: the process went back. */
    HOST("the host's");

    private final String word;

    How(String word) {
      this.word = word;
    }

    /** In a sentence. */
    public String word() {
      return word;
    }
  }

  /** The kinds that changed in this way, in a fixed order. */
  public List<NamespaceKind> kinds(How how) {
    return changes.entrySet().stream()
        .filter(change -> change.getValue().how() == how)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** The map in short: {@code 0→1000} for one uid, {@code 0→100000×65536} for more. */
  public String uidMapText(String arrow, String times) {
    return String.join(
        ", ",
        uidMap.stream()
            .map(
                m -> m.inside() + arrow + m.outside() + (m.length() == 1 ? "" : times + m.length()))
            .toList());
  }
}
