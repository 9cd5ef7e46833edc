package io.belljar.toolbox.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What confines a process beside namespaces and capabilities.
 *
 * @param modules the kernel's security modules that are active; empty list: cannot be read
 * @param label its label; empty when no module gives labels
 * @param dumpable whether other processes of its user may look into it; empty: cannot be told
 * @param ptraceScope kernel.yama.ptrace_scope, where there is Yama
 */
public record Confinement(
    Reading<List<String>> modules,
    Optional<String> label,
    Optional<Boolean> dumpable,
    OptionalInt ptraceScope) {
  /** Whether a module that confines by label is active. */
  public boolean hasLabels() {
    return label.isPresent()
        || modules.value().orElse(List.of()).stream()
            .anyMatch(name -> name.equals("apparmor") || name.equals("selinux"));
  }

  /** Whether its label confines it. */
  public boolean isConfined() {
    return label
        .filter(text -> !text.isEmpty())
        .filter(text -> !text.startsWith("unconfined") && !text.contains(":unconfined_t:"))
        .isPresent();
  }
}
