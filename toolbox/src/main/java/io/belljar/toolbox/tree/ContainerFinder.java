package io.belljar.toolbox.tree;

import io.belljar.linux.NamespaceKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which container a process is in: Belljar's by the pid and mount namespaces of their first
 * processes, others by their cgroups, and containerd's and podman's also by what their monitors'
 * command lines say.
 */
final class ContainerFinder {
  private record Space(Long pid, Long mount) {}

  private final Map<Integer, ContainerRef> byPid;
  private final Map<Space, ContainerRef> bySpace = new HashMap<>();
  private final Map<Integer, ProcessFacts> processes = new HashMap<>();
  private final Map<String, String> podmanNames = new HashMap<>();

  ContainerFinder(List<ProcessFacts> all, Map<Integer, ContainerRef> known) {
    this.byPid = known;
    for (ProcessFacts process : all) {
      processes.put(process.pid(), process);
      if (process.name().equals("conmon")) {
        argument(process, "-c")
            .ifPresent(id -> argument(process, "-n").ifPresent(n -> podmanNames.put(id, n)));
      }
    }
    for (ProcessFacts process : all) {
      ContainerRef container = known.get(process.pid());
      ProcessFacts parent = processes.get(process.parent());
      if (container != null && parent != null && !space(parent).equals(space(process))) {
        bySpace.put(space(process), container);
      }
    }
  }

  private static Space space(ProcessFacts process) {
    return new Space(
        process.namespaces().get(NamespaceKind.PID), process.namespaces().get(NamespaceKind.MOUNT));
  }

  Optional<ContainerRef> of(ProcessFacts process) {
    return Optional.ofNullable(byPid.get(process.pid()))
        .or(() -> Optional.ofNullable(bySpace.get(space(process))))
        .or(() -> CgroupNames.container(process.cgroup()).map(this::named))
        .or(() -> ofShim(process));
  }

  private ContainerRef named(ContainerRef container) {
    return new ContainerRef(
        container.engine(), podmanNames.getOrDefault(container.name(), container.name()));
  }

  /** A child of {@code containerd-shim-runc-v2 -namespace default -id ID}. */
  private Optional<ContainerRef> ofShim(ProcessFacts process) {
    return Optional.ofNullable(processes.get(process.parent()))
        .filter(parent -> parent.name().startsWith("containerd-shim"))
        .flatMap(parent -> argument(parent, "-id"))
        .map(id -> new ContainerRef("containerd", id));
  }

  private static Optional<String> argument(ProcessFacts process, String option) {
    int at = process.command().indexOf(option);
    return at >= 0 && at + 1 < process.command().size()
        ? Optional.of(process.command().get(at + 1))
        : Optional.empty();
  }
}
