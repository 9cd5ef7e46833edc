package io.belljar.toolbox.lsns;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.namespace.NamespaceException;
import io.belljar.linux.namespace.NamespaceFile;
import io.belljar.linux.namespace.NetworkIds;
import io.belljar.linux.proc.MountInfo;
import io.belljar.linux.proc.NamespaceId;
import io.belljar.toolbox.lsns.NamespaceEntry.NamespaceFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * The namespaces that the caller can find: those of processes, those that are mounted somewhere
 * (pinned), and for a tree their owners and parents, too.
 */
final class Namespaces {
  private final Map<Long, NamespaceEntry> byInode = new HashMap<>();
  private final Set<NamespaceKind> kinds;
  private final Optional<NetworkIds> networkIds;

  private Namespaces(Set<NamespaceKind> kinds, Optional<NetworkIds> networkIds) {
    this.kinds = kinds;
    this.networkIds = networkIds;
  }

  /**
   * Finds them.
   *
   * @param related also the owners and parents that hold no process
   * @param networkIds whom to ask for the numbers of network namespaces, if they are wanted
   */
  static Namespaces find(
      List<ProcessEntry> processes,
      List<MountInfo> mounts,
      Set<NamespaceKind> kinds,
      boolean related,
      Optional<NetworkIds> networkIds) {
    var found = new Namespaces(kinds, networkIds);
    processes.forEach(found::addOf);
    mounts.stream().filter(mount -> mount.type().equals("nsfs")).forEach(found::addPinned);
    if (related) {
      found.addRelatives();
    }
    return found;
  }

  /** In ascending order of their numbers. */
  List<NamespaceEntry> all() {
    return byInode.values().stream()
        .sorted(Comparator.comparingLong(NamespaceEntry::inode))
        .toList();
  }

  Optional<NamespaceEntry> get(long inode) {
    return Optional.ofNullable(byInode.get(inode));
  }

  private void addOf(ProcessEntry process) {
    process
        .namespaces()
        .forEach((kind, inode) ->
            byInode.computeIfAbsent(inode, _ -> of(process, kind, inode)).processes().add(process));
  }

  /** Of what the kernel does not tell (the process may have ended), there is nothing. */
  private NamespaceEntry of(ProcessEntry process, NamespaceKind kind, long inode) {
    var nothing = new NamespaceFacts(inode, 0, 0, 0, OptionalInt.empty());
    try (NamespaceFile file = NamespaceFile.open(path(process, kind))) {
      return new NamespaceEntry(kind, file.id().inode() == inode ? facts(file) : nothing);
    } catch (NamespaceException e) {
      return new NamespaceEntry(kind, nothing);
    }
  }

  static Path path(ProcessEntry process, NamespaceKind kind) {
    return Path.of("/proc/" + process.pid() + "/ns/" + kind.procName());
  }

  private void addPinned(MountInfo mount) {
    Optional<Long> named = NamespaceId.parse(mount.root()).map(NamespaceId::inode);
    if (named.filter(inode -> !byInode.containsKey(inode)).isEmpty()) {
      return;
    }
    try (NamespaceFile file = NamespaceFile.open(Path.of(mount.mountPoint()))) {
      add(file);
    } catch (NamespaceException e) {
      // Something else is mounted over it: it is there, but cannot be looked at.
    }
  }

  private void add(NamespaceFile file) {
    if (kinds.contains(file.kind())) {
      byInode.computeIfAbsent(file.id().inode(), _ -> new NamespaceEntry(file.kind(), facts(file)));
    }
  }

  private NamespaceFacts facts(NamespaceFile file) {
    boolean parents = file.kind() == NamespaceKind.PID || file.kind() == NamespaceKind.USER;
    return new NamespaceFacts(
        file.id().inode(),
        parents ? inode(file.parent()) : 0,
        inode(file.owner()),
        file.kind() == NamespaceKind.USER ? file.ownerUid() : 0,
        file.kind() == NamespaceKind.NETWORK
            ? networkIds.map(ids -> ids.of(file)).orElse(OptionalInt.empty())
            : OptionalInt.empty());
  }

  private static long inode(Optional<NamespaceFile> file) {
    if (file.isEmpty()) {
      return 0;
    }
    try (NamespaceFile open = file.get()) {
      return open.id().inode();
    }
  }

  /** From each namespace upwards, until no owner and no parent is missing. */
  private void addRelatives() {
    for (NamespaceEntry entry : new ArrayList<>(byInode.values())) {
      Optional<ProcessEntry> process = entry.first();
      if (process.isPresent()) {
        try (NamespaceFile file = NamespaceFile.open(path(process.get(), entry.kind()))) {
          climb(file, NamespaceFile::owner);
          if (entry.hasParents()) {
            climb(file, NamespaceFile::parent);
          }
        } catch (NamespaceException e) {
          // It ended meanwhile.
        }
      }
    }
  }

  private void climb(NamespaceFile file, Function<NamespaceFile, Optional<NamespaceFile>> up) {
    Optional<NamespaceFile> next = up.apply(file);
    while (next.isPresent()) {
      try (NamespaceFile at = next.get()) {
        if (byInode.containsKey(at.id().inode())) {
          return;
        }
        add(at);
        if (at.kind() == NamespaceKind.USER || at.kind() == NamespaceKind.PID) {
          climb(at, NamespaceFile::owner);
        }
        next = up.apply(at);
      }
    }
  }
}
