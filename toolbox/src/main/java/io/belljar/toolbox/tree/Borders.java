package io.belljar.toolbox.tree;

import io.belljar.linux.NamespaceKind;
import io.belljar.toolbox.tree.Border.Change;
import io.belljar.toolbox.tree.Border.How;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the borders; called for each process after its parent. */
final class Borders {
  /**
   * What a process hands down to its children. Of a process whose namespaces are not to be seen, it
   * is what its parent handed down to it.
   */
  record Inside(
      Map<NamespaceKind, Long> namespaces, Optional<ContainerRef> container, String cgroup) {}

  private final Map<NamespaceKind, Long> host;
  private final ContainerFinder containers;
  private final Set<Long> seen = new HashSet<>();

  Borders(Map<NamespaceKind, Long> host, ContainerFinder containers) {
    this.host = host;
    this.containers = containers;
  }

  Inside host() {
    return new Inside(host, Optional.empty(), "/");
  }

  Inside draw(TreeNode node, Inside outside) {
    ProcessFacts process = node.process();
    Map<NamespaceKind, Change> changes = new EnumMap<>(NamespaceKind.class);
    Map<NamespaceKind, Long> inside = new EnumMap<>(NamespaceKind.class);
    inside.putAll(outside.namespaces());
    process
        .namespaces()
        .forEach((kind, inode) -> {
          if (!inode.equals(outside.namespaces().get(kind))) {
            changes.put(kind, new Change(inode, how(kind, inode)));
          }
          inside.put(kind, inode);
          seen.add(inode);
        });
    Optional<ContainerRef> container = containers.of(process);
    Optional<ContainerRef> begins =
        container.filter(ref -> !outside.container().equals(Optional.of(ref)));
    node.separate(
        changes.isEmpty() && begins.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Border(
                    changes,
                    changes.containsKey(NamespaceKind.USER) ? process.uidMap() : List.of(),
                    begins,
                    process.cgroup())),
        container,
        !process.cgroup().equals(outside.cgroup()));
    return new Inside(inside, container, process.cgroup());
  }

  private How how(NamespaceKind kind, long inode) {
    if (host.getOrDefault(kind, 0L) == inode) {
      return How.HOST;
    }
    return seen.contains(inode) ? How.ENTERED : How.NEW;
  }
}
