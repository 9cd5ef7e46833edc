package io.belljar.toolbox.tree;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.IdMapping;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Processes for tests; the host's namespaces are numbered by the flags of their kinds. */
final class Processes {
  private final List<ProcessFacts> all = new ArrayList<>();

  static Map<NamespaceKind, Long> host() {
    Map<NamespaceKind, Long> host = new EnumMap<>(NamespaceKind.class);
    for (NamespaceKind kind : NamespaceKind.values()) {
      host.put(kind, kind.cloneFlag());
    }
    return host;
  }

  Processes add(int pid, int parent, String command) {
    return add(List.of(pid), parent, command, "/", Map.of());
  }

  Processes add(
      List<Integer> pids,
      int parent,
      String command,
      String cgroup,
      Map<NamespaceKind, Long> others) {
    Map<NamespaceKind, Long> namespaces = host();
    namespaces.putAll(others);
    all.add(
        new ProcessFacts(
            pids,
            parent,
            command.split(" ")[0],
            List.of(command.split(" ")),
            0,
            "root",
            false,
            cgroup,
            namespaces,
            others.containsKey(NamespaceKind.USER)
                ? List.of(new IdMapping(0, 1000, 1), new IdMapping(1, 100000, 65536))
                : List.of()));
    return this;
  }

  ProcessTree tree() {
    return tree(Map.of());
  }

  ProcessTree tree(Map<Integer, ContainerRef> known) {
    return ProcessTree.of(all, host(), known);
  }

  /** A shell with a container, a process that entered it, and one that went back to the host. */
  static Processes scene() {
    Map<NamespaceKind, Long> inside =
        Map.of(NamespaceKind.PID, 101L, NamespaceKind.MOUNT, 102L, NamespaceKind.USER, 103L);
    return new Processes()
        .add(1, 0, "/sbin/init splash")
        .add(200, 1, "bash")
        .add(List.of(300, 1), 200, "web --port 80", "/web", inside)
        .add(List.of(301, 7), 300, "worker", "/web", inside)
        .add(302, 301, "escaped")
        .add(List.of(310, 9), 200, "sh", "/web", inside);
  }
}
