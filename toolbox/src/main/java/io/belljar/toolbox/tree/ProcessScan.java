package io.belljar.toolbox.tree;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.CgroupMembership;
import io.belljar.linux.proc.IdMapping;
import io.belljar.linux.proc.NamespaceId;
import io.belljar.linux.proc.ProcException;
import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessStat;
import io.belljar.linux.proc.ProcessStatus;
import io.belljar.toolbox.user.UserNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the processes that are visible. One that ends meanwhile is left out. */
record ProcessScan(ProcFs proc, UserNames users) {
  List<ProcessFacts> all() {
    List<ProcessFacts> processes = new ArrayList<>();
    List<Integer> pids = proc.processes();
    for (int pid : pids) {
      read(pid, pids.size()).ifPresent(processes::add);
    }
    return processes;
  }

  private Optional<ProcessFacts> read(int pid, int together) {
    Optional<ProcessStat> before = quietly(() -> proc.stat(pid));
    Optional<ProcessStatus> status = quietly(() -> proc.status(pid));
    if (before.isEmpty() || status.isEmpty()) {
      return Optional.empty();
    }
    List<String> command = quietly(() -> proc.commandLine(pid, together)).orElse(List.of());
    String cgroup = quietly(() -> proc.cgroups(pid)).map(ProcessScan::tellingGroup).orElse("/");
    Map<NamespaceKind, Long> namespaces = namespaces(pid);
    List<IdMapping> uidMap = quietly(() -> proc.uidMap(pid)).orElse(List.of());
    // A pid is not given again while its process is there: what was read in between is all its own.
    return quietly(() -> proc.stat(pid))
        .filter(after -> after.startTime() == before.get().startTime())
        .map(after ->
            new ProcessFacts(
                pids(pid, status.get()),
                after.parent(),
                after.command(),
                command,
                status.get().uids().get(1),
                users.name(status.get().uids().get(1)),
                !after.isAlive(),
                cgroup,
                namespaces,
                uidMap));
  }

  private static List<Integer> pids(int pid, ProcessStatus status) {
    List<Integer> pids = status.namespacePids();
    return pids.isEmpty() || pids.getFirst() != pid ? List.of(pid) : pids;
  }

  Map<NamespaceKind, Long> namespaces(int pid) {
    Map<NamespaceKind, Long> found = new EnumMap<>(NamespaceKind.class);
    for (NamespaceKind kind : NamespaceKind.values()) {
      quietly(() -> proc.namespace(pid, kind))
          .map(NamespaceId::inode)
          .ifPresent(inode -> found.put(kind, inode));
    }
    return found;
  }

  /** On a machine with v1 hierarchies the longest path tells most: not all controllers are used. */
  private static String tellingGroup(List<CgroupMembership> memberships) {
    return memberships.stream()
        .sorted(Comparator.comparing(CgroupMembership::isUnified).reversed())
        .map(CgroupMembership::path)
        .max(Comparator.comparingInt(String::length))
        .orElse("/");
  }

  /** What the caller may not see, or is gone, is not there. */
  private static <T> Optional<T> quietly(Supplier<Optional<T>> read) {
    try {
      return read.get();
    } catch (ProcException e) {
      return Optional.empty();
    }
  }
}
